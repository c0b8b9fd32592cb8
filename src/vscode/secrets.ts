import * as vscode from "vscode";

/** The person's keys in the editor's secret storage, by name. Never in settings, logs or pages. */
export interface Secrets {
  /** Names of all that is stored; the same set while nothing has changed. */
  readonly stored: () => ReadonlySet<string>;
  readonly get: (name: string) => Promise<string | undefined>;
  readonly put: (name: string, value: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  /** Everything that is stored; what the storage no longer tells, as in a window that is closing, is what it was. */
  readonly values: () => Promise<readonly string[]>;
  /** The name of a secret that is another one now, in this window or another. */
  readonly onChanged: vscode.Event<string>;
}

/** Opens the storage. */
export async function openSecrets(
  storage: vscode.SecretStorage,
  subscriptions: vscode.Disposable[],
): Promise<Secrets> {
  let names: ReadonlySet<string> = new Set(await storage.keys());
  const known = new Map<string, string>();
  const changed = new vscode.EventEmitter<string>();
  subscriptions.push(
    changed,
    storage.onDidChange(({ key }) => {
      known.delete(key);
      void look().then(() => changed.fire(key));
    }),
  );
  return {
    stored: () => names,
    onChanged: changed.event,
    get,
    async put(name, value) {
      await storage.store(name, value);
      known.delete(name);
      await look();
    },
    async remove(name) {
      await storage.delete(name);
      await look();
    },
    values: async () => {
      const values = await Promise.all([...names].map((it) => known.get(it) ?? get(it).catch(() => "")));
      return values.filter((it): it is string => it !== undefined && it !== "");
    },
  };

  async function get(name: string): Promise<string | undefined> {
    const value = await storage.get(name);
    if (value) known.set(name, value);
    return value || undefined;
  }

  async function look(): Promise<void> {
    const found = await storage.keys();
    if (found.length !== names.size || found.some((it) => !names.has(it))) names = new Set(found);
  }
}
