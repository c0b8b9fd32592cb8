import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { typeThread } from "../../src/node/type-thread.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

const WORKER = new URL("../../src/type-worker.ts", import.meta.url);
const LIBRARIES = join(root, "node_modules/typescript-js/lib");

describe("the thread that tells types", () => {
  let folder: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ folder, remove } = await temporaryFolder());
    await writeFile(join(folder, "b.ts"), 'import { A } from "./a";\nnew A().n.toFixed();\n');
  });
  after(() => remove());

  const types = typeThread(WORKER, LIBRARIES);
  const asked = () => {
    const path = join(folder, "a.ts");
    const text = "export class A { n = 1 }\n";
    const other = { path: join(folder, "b.ts"), text: 'import { A } from "./a";\nnew A().n.toFixed();\n' };
    const all = [path, other.path];
    return {
      file: { path, text },
      at: text.indexOf("n ="),
      name: "fresh",
      others: [other],
      all,
      root: folder,
    };
  };

  it("knows JavaScript and TypeScript", () =>
    assert.deepEqual(
      ["a.ts", "a.tsx", "a.mjs", "a.py", "a.txt"].filter((it) => types.knows(it)),
      ["a.ts", "a.tsx", "a.mjs"],
    ));

  it("tells where a name stands, by the text that is given before the one of the disk", async () => {
    const told = await types.rename(asked(), never());
    assert.ok(told.kind === "typed", JSON.stringify(told));
    const places = told.files.map((it) => [
      it.path.slice(folder.length + 1),
      it.changes.map((one) => one.from),
    ]);
    assert.deepEqual(places, [
      ["a.ts", [17]],
      ["b.ts", [33]],
    ]);
  });

  it("tells only the places where no more is wanted", async () => {
    const told = await types.rename({ ...asked(), name: "fresh", isForPlaces: true }, never());
    assert.equal(told.kind === "typed" && told.files.length, 2);
  });

  it("refuses where the compiler cannot be started", async () => {
    const broken = typeThread(new URL("file:///nowhere/type-worker.ts"), LIBRARIES);
    const told = await broken.rename(asked(), never());
    assert.ok(told.kind === "refused" && told.code === "failed", JSON.stringify(told));
  });

  it("ends when it is stopped", async () => {
    const controller = new AbortController();
    const told = types.rename(asked(), controller.signal);
    controller.abort(new Error("stopped"));
    await assert.rejects(told, /stopped/);
    await assert.rejects(types.rename(asked(), controller.signal), /stopped/);
  });
});
