import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, it } from "mocha";
import * as vscode from "vscode";

const require = createRequire(import.meta.url);
/** Views add commands of their own. */
const OF_A_VIEW = /^wheelhouse\.(chat|sessions|changes|symbols|health)\./;

describe("activation", () => {
  const extension = vscode.extensions.getExtension("wheelhouse.wheelhouse");
  assert.ok(extension, "the extension is not there");
  const manifest = JSON.parse(readFileSync(join(extension.extensionPath, "package.json"), "utf8"));
  const door = join(extension.extensionPath, manifest.main);
  const host = join(extension.extensionPath, "dist/host.cjs");

  it("does not begin by itself", () => {
    assert.equal(extension.isActive, false);
    assert.deepEqual(manifest.activationEvents, []);
  });

  // How long it takes is measured by the benchmark, on a machine that does nothing else.
  it("loads and activates without loading what stands behind", () => {
    const subscriptions: vscode.Disposable[] = [];
    require(door).activate({ subscriptions });
    vscode.Disposable.from(...subscriptions).dispose();
    assert.equal(host in require.cache, false);
  });

  it("registers every command that the manifest declares, and no other", async () => {
    await extension.activate();
    const registered = (await vscode.commands.getCommands(true)).filter(
      (it) => it.startsWith("wheelhouse.") && !OF_A_VIEW.test(it),
    );
    const declared: string[] = manifest.contributes.commands.map((it: { command: string }) => it.command);
    assert.deepEqual(registered.toSorted(), declared.toSorted());
  });

  it("still has loaded nothing once it is active", () => assert.equal(host in require.cache, false));

  it("loads what stands behind with the first command", async () => {
    await vscode.commands.executeCommand("wheelhouse.newSession");
    assert.equal(host in require.cache, true);
  });

  it("gives every setting a description and a default", () => {
    for (const [name, it] of Object.entries<Record<string, unknown>>(
      manifest.contributes.configuration.properties,
    )) {
      assert.ok(it["markdownDescription"] && "default" in it && it["scope"], name);
      assert.equal(vscode.workspace.getConfiguration().inspect(name)?.defaultValue !== undefined, true, name);
    }
  });
});
