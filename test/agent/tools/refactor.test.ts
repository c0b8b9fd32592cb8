import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import type { JsonObject } from "../../../src/model/conversation.ts";
import { type Project, project } from "./project.ts";

const SUM = "function f(a) {\n  return a * 2 + a * 2;\n}\n";

describe("Refactor", () => {
  let made: Project;
  afterEach(() => made.done());

  /** What the files become, or the refusal. */
  async function planned(input: JsonObject): Promise<readonly (string | undefined)[] | string> {
    const plan = await made.plan("Refactor", { file_path: "a.js", ...input });
    return plan.kind === "refused" ? plan.reason : plan.changes.map((it) => it.after);
  }

  async function withRead(files: Readonly<Record<string, string>>): Promise<void> {
    made = await project(files);
    for (const path of Object.keys(files)) await made.run("Read", { file_path: path });
  }

  it("plans by the place and the name", async () => {
    await withRead({ "a.js": SUM });
    assert.deepEqual(await planned({ id: "extract-variable", selection: "2:10-2:15", new_name: "twice" }), [
      "function f(a) {\n  const twice = a * 2;\n  return twice + a * 2;\n}\n",
    ]);
  });

  it("hands on its options", async () => {
    await withRead({ "a.js": SUM });
    const options = { replaceAll: true };
    const input = { id: "extract-variable", selection: "2:10-2:15", new_name: "twice", options };
    assert.deepEqual(await planned(input), [
      "function f(a) {\n  const twice = a * 2;\n  return twice + twice;\n}\n",
    ]);
  });

  it("hands on what is to become of parameters", async () => {
    await withRead({ "a.js": "function f(a, b) {}\nf(1, 2);\n" });
    const at = { id: "change-signature", selection: "1:10" };
    const options = { remove: [0], add: [{ name: "c", default: "0" }] };
    assert.deepEqual(await planned({ ...at, options }), ["function f(b, c) {}\nf(2, 0);\n"]);
    const wrong = { add: [{ name: "c", default: "" }] };
    assert.match(String(await planned({ ...at, options: wrong })), /^In options, add must be .*default must/);
  });

  it("changes files that use what is renamed, read or not", async () => {
    await withRead({ "a.js": "export const total = 1;\n" });
    await made.put("b.js", 'import { total } from "./a.js";\n');
    assert.deepEqual(await planned({ id: "rename", selection: "1:14", new_name: "sum" }), [
      "export const sum = 1;\n",
      'import { sum } from "./a.js";\n',
    ]);
  });

  it("moves to a file, which need not be there", async () => {
    await withRead({ "a.js": "export const total = 1;\nexport const two = 2;\n" });
    await made.put("b.js", 'import { total } from "./a.js";\n');
    const input = { id: "move-symbol", selection: "1:14", options: { to: "lib/total.js" } };
    assert.deepEqual(await planned(input), [
      "export const two = 2;\n",
      "export const total = 1;\n",
      'import { total } from "./lib/total.js";\n',
    ]);
  });

  it("moves a whole file", async () => {
    await withRead({ "a.js": "export const total = 1;\n" });
    await made.put("b.js", 'import { total } from "./a.js";\n');
    assert.deepEqual(await planned({ id: "move-file", selection: "1:1", options: { to: "lib/c.js" } }), [
      undefined,
      "export const total = 1;\n",
      'import { total } from "./lib/c.js";\n',
    ]);
  });

  it("does nothing to a file that was not read, or has changed since", async () => {
    made = await project({ "a.js": SUM });
    const input = { id: "extract-variable", selection: "2:10-2:15" };
    assert.equal(await planned(input), 'Read "a.js" before you refactor it.');
    await made.run("Read", { file_path: "a.js" });
    await made.put("a.js", `\n${SUM}`);
    assert.match(String(await planned(input)), /has changed since you read it/);
  });

  it("refuses with the rule and the reason", async () => {
    await withRead({ "a.js": SUM });
    assert.match(
      String(await planned({ id: "fly", selection: "1:1" })),
      /^Nothing was changed \(unknown\): There is no refactoring "fly"; there are .*rename/,
    );
    assert.match(String(await planned({ id: "rename", selection: "9:1" })), /no line 9/);
  });
});
