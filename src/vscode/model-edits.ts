import * as vscode from "vscode";
import { EDITOR_TYPE } from "../model/editor-only.ts";
import type { FromModelsPage } from "../model/models-screen.ts";
import { recordOf } from "../model/record.ts";
import type { OpenedProvider } from "../model/routing/candidates.ts";
import { ownSecret, secretBehind } from "../node/key-source.ts";
import { askKey, SECRET_NAME } from "./api-keys.ts";
import type { Core } from "./core.ts";

/** A message of the page by its type. */
type Asked<T extends FromModelsPage["type"]> = Extract<FromModelsPage, { readonly type: T }>;

/** Changes of providers, keys and routing that a person makes on the page; each rejects with a sentence when it cannot be. */
export interface ModelEdits {
  readonly setKey: (id: string) => Promise<void>;
  readonly removeKey: (id: string) => Promise<void>;
  readonly addKey: (provider: string) => Promise<void>;
  /** Whether it was added: the person may think better of it. */
  readonly addProvider: (asked: Asked<"addProvider">) => Promise<boolean>;
  readonly removeProvider: (name: string) => Promise<void>;
  readonly setRoute: (asked: Asked<"setRoute">) => Promise<void>;
}

/** Members of a group in the editor's settings of the person. */
export function ownGroup(name: "providers" | "routing"): Readonly<Record<string, unknown>> {
  return recordOf(vscode.workspace.getConfiguration("wheelhouse").inspect(name)?.globalValue);
}

/** What edits act on. */
type Parts = Pick<Core, "secrets" | "router">;

/** Edits over the person's settings in the editor, and its secret storage. */
export function modelEdits(parts: Parts): ModelEdits {
  return {
    setKey: (id) => setKey(parts, id),
    removeKey: (id) => removeKey(parts, id),
    addKey: (provider) => addKey(parts, provider),
    addProvider: (asked) => addProvider(parts, asked),
    removeProvider,
    setRoute,
  };
}

async function setKey({ router, secrets }: Parts, id: string): Promise<void> {
  const { opened, reference } = keyOf(router.providers, id);
  const secret = secretBehind(reference, opened.setting.type);
  if (secret === undefined) throw new Error(`The key ${id} is not in the editor's secret storage.`);
  await askKey(secrets, secret);
}

async function removeKey({ router, secrets }: Parts, id: string): Promise<void> {
  const { opened, reference, label, index } = keyOf(router.providers, id);
  const { name, type, keys, weights } = opened.setting;
  const secret = secretBehind(reference, type);
  const isOne = keys.length > 1;
  if (secret === undefined && !isOne)
    throw new Error(`"${name}" has no other key: add one first, or remove the provider.`);
  if (isOne) ours(name);
  if (!(await confirmed(`Remove the key "${label}" of "${name}"?`))) return;
  // Without its reference the last one would give way to the vendor's own key, which is not meant for every address.
  if (isOne) {
    const others = { keys: keys.toSpliced(index, 1), weights: weights.toSpliced(index, 1) };
    const { weights: left, ...rest } = { ...recordOf(ownGroup("providers")[name]), ...others };
    await put("providers", name, left.length > 0 ? { ...rest, weights: left } : rest);
  }
  if (secret !== undefined && !isUsed(router.providers, secret, id)) await secrets.remove(secret);
}

/** Whether a key other than that one is the same secret. */
function isUsed(providers: readonly OpenedProvider[], secret: string, id: string): boolean {
  return providers.some(({ setting, pool }) =>
    pool.instances.some(
      (it, index) => it.id !== id && secretBehind(setting.keys[index] ?? "", setting.type) === secret,
    ),
  );
}

async function addKey({ router, secrets }: Parts, provider: string): Promise<void> {
  const { setting } = named(router.providers, provider);
  const name = freeName(provider, secrets.stored());
  if (!(await askKey(secrets, name))) return;
  // The own key is one of several now, so it has to be named.
  const own = ownSecret(setting.type);
  const known = setting.keys.length > 0 ? setting.keys : secrets.stored().has(own) ? [`secret:${own}`] : [];
  const before = recordOf(ownGroup("providers")[provider]);
  const keys = [...known, `secret:${name}`];
  await put("providers", provider, { ...plainOf(setting), ...before, keys });
}

async function addProvider(
  { router, secrets }: Parts,
  { name, providerType, address, hasKey }: Asked<"addProvider">,
): Promise<boolean> {
  if (!SECRET_NAME.test(name))
    throw new Error("A provider's name has letters, digits, “-”, “_” and “.” only.");
  if (router.providers.some((it) => it.setting.name === name))
    throw new Error(`There is a provider "${name}" already.`);
  if (address !== "" && !(URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)))
    throw new Error("The address must begin with http:// or https://");
  const secret = freeName(name, secrets.stored());
  const wantsKey = hasKey && providerType !== EDITOR_TYPE;
  if (wantsKey && !(await askKey(secrets, secret))) return false;
  await put("providers", name, {
    type: providerType,
    ...(address !== "" && { baseUrl: address }),
    ...(wantsKey && { keys: [`secret:${secret}`] }),
  });
  return true;
}

async function removeProvider(name: string): Promise<void> {
  ours(name);
  const isSure = await confirmed(`Remove the provider "${name}"? Its keys stay in the secret storage.`);
  if (isSure) await put("providers", name, undefined);
}

async function setRoute({ category, targets, threshold }: Asked<"setRoute">): Promise<void> {
  const [first, ...fallback] = targets;
  const before = recordOf(ownGroup("routing")[category]);
  const limit = threshold === undefined ? {} : { threshold };
  await put("routing", category, first && { ...before, ...first, fallback, ...limit });
}

/** What the settings have to say of a provider that had no entry. */
function plainOf({ type, baseUrl }: OpenedProvider["setting"]): Readonly<Record<string, unknown>> {
  return { type, ...(baseUrl !== undefined && { baseUrl }) };
}

function named(providers: readonly OpenedProvider[], name: string): OpenedProvider {
  const found = providers.find((it) => it.setting.name === name);
  if (found === undefined) throw new Error(`There is no provider "${name}" any more.`);
  return found;
}

function keyOf(providers: readonly OpenedProvider[], id: string) {
  for (const opened of providers) {
    const index = opened.pool.instances.findIndex((it) => it.id === id);
    const instance = opened.pool.instances[index];
    if (instance)
      return { opened, reference: opened.setting.keys[index] ?? "", label: instance.label, index };
  }
  throw new Error(`There is no key ${id} any more.`);
}

function ours(name: string): void {
  if (name in ownGroup("providers")) return;
  throw new Error(`"${name}" does not stand in the editor's settings: change it where it stands.`);
}

function freeName(provider: string, stored: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? provider : `${provider}.${number}`;
    if (!stored.has(name)) return name;
  }
}

async function confirmed(question: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true }, "Remove")) === "Remove";
}

/** Sets one member of a group in the person's settings, for all windows; `undefined` takes it out. The others stay. */
export async function put(group: "providers" | "routing", name: string, value: unknown): Promise<void> {
  const { [name]: _, ...rest } = ownGroup(group);
  const next = value === undefined ? rest : { ...ownGroup(group), [name]: value };
  const isEmpty = Object.keys(next).length === 0;
  await vscode.workspace
    .getConfiguration("wheelhouse")
    .update(group, isEmpty ? undefined : next, vscode.ConfigurationTarget.Global);
}
