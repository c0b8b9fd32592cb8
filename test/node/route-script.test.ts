import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { NO_ROUTING } from "../../src/model/routing/configuration.ts";
import { compileRouting } from "../../src/model/routing/decide.ts";
import { NOBODY, type Signals } from "../../src/model/routing/signals.ts";
import { loadRouteScript } from "../../src/node/route-script.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

let folder = "";
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const asked = (model: string): Signals => ({
  ...NOBODY,
  model,
  tokens: () => 7,
  thinking: false,
  search: false,
  images: false,
  tools: [],
});

async function script(text: string, name = "router.cjs") {
  const complaints: string[] = [];
  const path = join(folder, name);
  await writeFile(path, text);
  const route = loadRouteScript(path, (it) => void complaints.push(it));
  const categories = new Map([["small", { targets: [{ provider: "p", model: "s" }] }]]);
  const serving = () => [{ provider: "p", model: "usual" }];
  const decide = compileRouting({ ...NO_ROUTING, categories }, (name) => name === "p", serving, route);
  return { complaints, to: (model: string) => decide(asked(model)).targets[0]?.model };
}

describe("a router script", () => {
  it("names a category or a target, or leaves it to the rules", async () => {
    const { to, complaints } = await script(
      'module.exports = ({ model, tokens }) => model === "a" ? "small" : model === "b" ? "p/own-" + tokens : undefined;',
    );
    assert.deepEqual([to("a"), to("b"), to("c"), complaints], ["s", "own-7", "usual", []]);
  });

  for (const [what, text, complaint] of [
    ["cannot be loaded", "module.exports = (", /cannot be loaded/],
    ["exports no function", "module.exports = 3;", /exports no function/],
    ["fails", "module.exports = () => { throw new Error('oh'); };", /failed: oh/],
    ["answers something else", "module.exports = () => 3;", /must answer a text or nothing, not number/],
  ] as const) {
    it(`is passed over when it ${what}, and says so once`, async () => {
      const { to, complaints } = await script(text);
      assert.deepEqual([to("a"), to("b")], ["usual", "usual"]);
      assert.equal(complaints.length, 1);
      assert.match(complaints[0] ?? "", complaint);
    });
  }

  it("that names what is not there leaves it to the rules", async () => {
    const { to } = await script("module.exports = () => 'nobody/x';");
    assert.equal(to("a"), "usual");
  });
});
