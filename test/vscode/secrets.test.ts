import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { openSecrets } from "../../src/vscode/secrets.ts";

/** The editor's storage without the editor's keychain. */
function storageOf(first: Readonly<Record<string, string>>) {
  const kept = new Map(Object.entries(first));
  const changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  let isThere = true;
  const storage: vscode.SecretStorage = {
    onDidChange: changed.event,
    keys: async () => [...kept.keys()],
    get: async (name) => {
      if (!isThere) throw new Error("Canceled");
      return kept.get(name);
    },
    store: async (name, value) => {
      kept.set(name, value);
      changed.fire({ key: name });
    },
    delete: async (name) => {
      kept.delete(name);
      changed.fire({ key: name });
    },
  };
  return { storage, leave: () => (isThere = false) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the secret storage", () => {
  it("tells which names it has, and keeps the same set while they stay", async () => {
    const { storage } = storageOf({ one: "1" });
    const secrets = await openSecrets(storage, []);
    const before = secrets.stored();
    assert.deepEqual([...before], ["one"]);
    await secrets.put("one", "another");
    assert.equal(secrets.stored(), before);
    await secrets.put("two", "2");
    assert.deepEqual([...secrets.stored()], ["one", "two"]);
    await secrets.remove("one");
    assert.deepEqual([...secrets.stored()], ["two"]);
  });

  it("says which secret is another one once its names are known", async () => {
    const { storage } = storageOf({});
    const heard: string[] = [];
    const secrets = await openSecrets(storage, []);
    secrets.onChanged((name) => heard.push(`${name} of ${[...secrets.stored()].join()}`));
    await storage.store("mine", "from another window");
    await settled();
    assert.deepEqual(heard, ["mine of mine"]);
    assert.deepEqual(await secrets.values(), ["from another window"]);
  });

  it("knows all values, also those of a storage that answers no more", async () => {
    const { storage, leave } = storageOf({ one: "first", two: "second" });
    const secrets = await openSecrets(storage, []);
    assert.deepEqual(await secrets.values(), ["first", "second"]);
    await secrets.put("two", "third");
    assert.deepEqual(await secrets.values(), ["first", "third"]);
    leave();
    assert.deepEqual(await secrets.values(), ["first", "third"]);
  });
});
