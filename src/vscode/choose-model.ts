import * as vscode from "vscode";
import { modelWords } from "../model/model-words.ts";
import type { ModelInfo } from "../model/provider.ts";
import type { Core } from "./core.ts";
import type { Desk } from "./desk.ts";
import { healthOfProviders, offeredModels } from "./offered-models.ts";

interface Item extends vscode.QuickPickItem {
  readonly model?: string;
}

/** How long lists of vendors may take, in milliseconds. */
const LIST_MS = 10_000;

/** Asks for the model of the session that is shown. */
export async function chooseModel({ router }: Pick<Core, "router">, shown: Desk): Promise<void> {
  const current = shown.state().model;
  const items = offeredModels(router, AbortSignal.timeout(LIST_MS)).then((models) =>
    modelItems(models, healthOfProviders(router.providers, Date.now()), current),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Choose Model",
    placeHolder: "Model of this session",
    matchOnDescription: true,
    matchOnDetail: true,
    // The palette gives the focus back to a page, which may come late.
    ignoreFocusOut: true,
  });
  if (chosen?.model === undefined || chosen.model === current) return;
  const sent = await shown.send({ type: "configure", model: chosen.model }, false);
  if (sent.kind === "refused") throw new Error(sent.reason);
}

/** Models under their providers, each with its price and size. */
export function modelItems(
  models: readonly ModelInfo[],
  health: Readonly<Record<string, string>>,
  current: string,
): Item[] {
  return models.flatMap((it, index): Item[] => {
    const { provider } = it;
    const item = {
      label: it.name,
      description: [it.id === current ? "current" : "", it.id].filter((word) => word !== "").join(" · "),
      detail: modelWords(it),
      model: it.id,
    };
    if (provider === undefined || provider === models[index - 1]?.provider) return [item];
    const label = health[provider] === undefined ? provider : `${provider}: ${health[provider]}`;
    return [{ label, kind: vscode.QuickPickItemKind.Separator }, item];
  });
}
