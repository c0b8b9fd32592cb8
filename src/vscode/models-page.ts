import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { pageOf } from "../../webview/page.ts";
import type {
  FromModelsPage,
  ModelsShown,
  Supposed,
  ToModelsPage,
  UsageShown,
} from "../model/models-screen.ts";
import type { ModelInfo } from "../model/provider.ts";
import type { Decision } from "../model/routing/decide.ts";
import { NOBODY } from "../model/routing/signals.ts";
import { tryKey } from "../node/try-key.ts";
import { messageOf } from "../std/error-message.ts";
import type { Core } from "./core.ts";
import { modelEdits, ownGroup } from "./model-edits.ts";
import type { ModelGateway } from "./model-gateway.ts";
import { modelsShown } from "./models-shown.ts";
import { offeredModels } from "./offered-models.ts";
import { ruleEdits, standingRules } from "./rule-edits.ts";
import { usageShown, usageText } from "./usage-shown.ts";

/** What the page is made with. */
export interface ModelsPageParts {
  readonly context: vscode.ExtensionContext;
  readonly core: Core;
  readonly gateway: ModelGateway;
}

/** How long a vendor may take to answer for the page, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Shows the page "Models and Keys"; there is one. */
export function modelsPage(parts: ModelsPageParts): () => void {
  const { context, core, gateway } = parts;
  let panel: vscode.WebviewPanel | undefined;
  let models: readonly ModelInfo[] = [];
  let used: Pick<UsageShown, "by" | "days"> = { by: "day", days: 30 };
  const post = (message: ToModelsPage) => void panel?.webview.postMessage(message);
  const answer = answers(parts, post, { tell, tellUsage });
  context.subscriptions.push(
    core.onChanged(() => void list()),
    core.onHealth(tell),
    gateway.onChanged(tell),
  );
  return () => {
    if (panel) return panel.reveal();
    panel = openPanel(context.extensionUri, (message) => void hear(message));
    context.subscriptions.push(panel);
    panel.onDidDispose(() => {
      panel = undefined;
    });
  };

  async function hear(message: FromModelsPage): Promise<void> {
    try {
      if (message.type === "ready") {
        tellUsage(used);
        await list();
      } else await answer(message);
    } catch (error) {
      post({ type: "said", sentence: messageOf(error) });
    }
  }

  /** Asks the vendors which models they have, and tells everything. */
  async function list(): Promise<void> {
    if (!panel) return;
    tell();
    models = await offeredModels(core.router, AbortSignal.timeout(PATIENCE_MS)).catch(() => models);
    tell();
  }

  function tell(): void {
    if (panel) post({ type: "shown", shown: shownNow(parts, models) });
  }

  function tellUsage({ by, days }: Pick<UsageShown, "by" | "days">): void {
    used = { by, days };
    post({ type: "usage", usage: usageShown(core.home, by, days, Date.now()) });
  }
}

function shownNow({ core, gateway }: ModelsPageParts, models: readonly ModelInfo[]): ModelsShown {
  const { router, secrets } = core;
  return modelsShown({
    providers: router.providers,
    routing: router.routing,
    rules: standingRules(core.settings()),
    problems: router.configuration().problems,
    models,
    keys: { env: process.env, secret: secrets.get, stored: secrets.stored },
    gateway: gateway.address(),
    ours: new Set(Object.keys(ownGroup("providers"))),
    now: Date.now(),
  });
}

/** Tells the page what is now. */
interface Tells {
  readonly tell: () => void;
  readonly tellUsage: (used: Pick<UsageShown, "by" | "days">) => void;
}

type Answers = (message: FromModelsPage) => Promise<void>;

function answers(
  { core, gateway }: ModelsPageParts,
  post: (message: ToModelsPage) => void,
  { tell, tellUsage }: Tells,
): Answers {
  const edits = modelEdits(core);
  const setRules = ruleEdits(core);
  const say = (sentence: string) => post({ type: "said", sentence });
  return async (message) => {
    switch (message.type) {
      case "tryKey":
        return post(await tried(core, message.key));
      case "setKey":
        return edits.setKey(message.key);
      case "removeKey":
        return edits.removeKey(message.key);
      case "addKey":
        return edits.addKey(message.provider);
      case "addProvider":
        if (await edits.addProvider(message)) say(`The provider "${message.name}" was added.`);
        return;
      case "removeProvider":
        return edits.removeProvider(message.provider);
      case "setRoute":
        return edits.setRoute(message);
      case "setRules":
        return setRules(message).finally(() => rulesSet(tell, post));
      case "decide":
        return post({ type: "decided", decision: decided(core, message.of) });
      case "usage":
        return tellUsage(message);
      case "exportUsage":
        return exportUsage(core.home, message);
      case "startGateway":
        return void (await gateway.start());
      case "stopGateway":
        return gateway.stop();
      case "copyGatewayKey":
        await gateway.copyKey();
        return say("The gateway's key is on the clipboard.");
      case "openSettings":
        return void (await vscode.commands.executeCommand(
          "workbench.action.openSettings",
          "wheelhouse.routing",
        ));
    }
  };
}

function rulesSet(tell: () => void, post: (message: ToModelsPage) => void): void {
  tell();
  post({ type: "rulesSet" });
}

function decided({ router }: Core, { tokens, ...supposed }: Supposed): Decision {
  return router.decide({ ...NOBODY, ...supposed, tokens: () => tokens });
}

async function tried({ router }: Core, id: string): Promise<ToModelsPage> {
  const opened = router.providers.find((it) => it.pool.instances.some((key) => key.id === id));
  const result = opened
    ? await tryKey(opened, id, fetch, AbortSignal.timeout(PATIENCE_MS))
    : { isGood: false, words: `There is no key ${id} any more.` };
  return { type: "tried", key: id, ...result };
}

async function exportUsage(
  home: string,
  { by, days, format }: Extract<FromModelsPage, { readonly type: "exportUsage" }>,
): Promise<void> {
  const content = usageText(home, by, days, Date.now(), format);
  const language = format === "json" ? "json" : "plaintext";
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

function openPanel(extension: vscode.Uri, hear: (message: FromModelsPage) => void): vscode.WebviewPanel {
  const folder = vscode.Uri.joinPath(extension, "dist/webview");
  const panel = vscode.window.createWebviewPanel(
    "wheelhouse.models",
    "Models and Keys",
    vscode.ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [folder] },
  );
  panel.webview.onDidReceiveMessage((message: unknown) => isMessage(message) && hear(message));
  const icon = (name: string) => vscode.Uri.joinPath(extension, `media/${name}.svg`);
  // A tab's icon is a picture, which takes no colour from the theme.
  panel.iconPath = { light: icon("wheel-on-light"), dark: icon("wheel-on-dark") };
  const uri = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  panel.webview.html = pageOf({
    title: "Models and Keys",
    cspSource: panel.webview.cspSource,
    nonce: randomBytes(24).toString("base64url"),
    scriptUri: uri("models.js"),
    styleUri: uri("models.css"),
  });
  return panel;
}

/** As the panel's page, this one is ours, and each branch reads what it needs. */
function isMessage(value: unknown): value is FromModelsPage {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
