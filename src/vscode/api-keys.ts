import * as vscode from "vscode";
import type { ProviderSetting } from "../model/routing/configuration.ts";
import { ownSecret, secretBehind } from "../node/key-source.ts";
import type { Secrets } from "./secrets.ts";

/** What keys are asked with. */
export interface KeyParts {
  readonly secrets: Secrets;
  /** Providers of the settings. */
  readonly providers: () => readonly ProviderSetting[];
}

interface Named extends vscode.QuickPickItem {
  /** Name of the secret; "": the person gives one. */
  readonly secret: string;
}

/** Vendors whose own key is asked for by their names. */
const VENDORS = [
  { type: "anthropic", label: "Anthropic", description: "Claude", example: "sk-ant-…" },
  { type: "openai", label: "OpenAI", description: "GPT", example: "sk-…" },
  { type: "gemini", label: "Gemini", description: "Google", example: "AIza…" },
] as const;

/** A name that `secret:` of the settings can have. */
export const SECRET_NAME = /^[\w.-]+$/;

/** Asks for which provider a key is, and for the key. */
export async function setKey({ secrets, providers }: KeyParts): Promise<void> {
  const chosen = await vscode.window.showQuickPick(choices(providers(), secrets.stored()), {
    title: "Set API Key",
    placeHolder: "Whose key is it?",
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  const name = chosen?.secret || (chosen && (await askName()));
  if (name) await askKey(secrets, name);
}

/** Asks for the key that is kept under a name; whether one was given. */
export async function askKey(secrets: Secrets, name: string): Promise<boolean> {
  const vendor = VENDORS.find((it) => ownSecret(it.type) === name);
  const key = await vscode.window.showInputBox({
    title: vendor ? `${vendor.label} API Key` : `API Key "${name}"`,
    password: true,
    ignoreFocusOut: true,
    placeHolder: vendor?.example ?? "The key",
    prompt: "It is kept in the editor's secret storage and sent to its provider only.",
    validateInput: (it) =>
      /^\S{12,}$/.test(it.trim())
        ? undefined
        : "This does not look like a key: it has no blanks and is longer.",
  });
  if (key === undefined) return false;
  await secrets.put(name, key.trim());
  void vscode.window.showInformationMessage(
    vendor
      ? `The API key is set. Models of ${vendor.label} can be chosen in the panel.`
      : `The API key is set. Providers of the settings have it as "secret:${name}".`,
  );
  return true;
}

/** Removes a key from the storage; which one is asked where there are several. */
export async function removeKey({ secrets }: KeyParts): Promise<void> {
  const names = [...secrets.stored()].toSorted();
  if (names.length === 0)
    return void vscode.window.showInformationMessage("There is no API key in the editor's secret storage.");
  const name = names.length === 1 ? names[0] : await vscode.window.showQuickPick(names, REMOVING);
  if (name === undefined) return;
  await secrets.remove(name);
  void vscode.window.showInformationMessage(
    `The API key was removed from the editor's secret storage (${name}).`,
  );
}

const REMOVING = { title: "Remove API Key", placeHolder: "Which one?", ignoreFocusOut: true };

function choices(providers: readonly ProviderSetting[], stored: ReadonlySet<string>): readonly Named[] {
  const vendors = VENDORS.map((it) => ({ ...it, secret: ownSecret(it.type) }));
  const others = providers.flatMap(({ name, type, keys }) =>
    (keys.length === 0 ? [""] : keys).flatMap((reference) => {
      const secret = secretBehind(reference, type);
      if (secret === undefined || vendors.some((it) => it.secret === secret)) return [];
      return [{ label: secret, description: `of the provider "${name}"`, secret }];
    }),
  );
  const isSet = (it: Named) => (stored.has(it.secret) ? { ...it, detail: "set; a new key replaces it" } : it);
  return [
    ...[...vendors, ...new Map(others.map((it) => [it.secret, it])).values()].map(isSet),
    { label: "Other name…", description: `for "secret:NAME" in the settings`, secret: "" },
  ];
}

function askName(): PromiseLike<string | undefined> {
  return vscode.window.showInputBox({
    title: "Name of the API Key",
    prompt: `The settings name it as "secret:NAME".`,
    validateInput: (it) => (SECRET_NAME.test(it) ? undefined : "Letters, digits, “-”, “_” and “.” only."),
  });
}
