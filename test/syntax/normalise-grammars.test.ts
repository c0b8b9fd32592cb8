import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, it } from "mocha";
import { gather } from "../../scripts/gather.ts";
import { normaliseGrammar } from "../../scripts/normalise-grammars.ts";

const require = createRequire(import.meta.url);
const shipped = (name: string) =>
  readFile(
    join(dirname(require.resolve("tree-sitter-wasms/package.json")), "out", `tree-sitter-${name}.wasm`),
  );

function module(bytes: Uint8Array): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(bytes));
}

describe("normalised grammars", () => {
  it("carry the section of today's linker in place of the old one", async () => {
    const [old, young] = [await shipped("go"), normaliseGrammar(await shipped("go"))].map(module);
    assert.ok(old && young);
    assert.equal(WebAssembly.Module.customSections(old, "dylink").length, 1);
    assert.equal(WebAssembly.Module.customSections(young, "dylink").length, 0);
    assert.equal(WebAssembly.Module.customSections(young, "dylink.0").length, 1);
    assert.deepEqual(WebAssembly.Module.exports(young), WebAssembly.Module.exports(old));
  });

  it("import only what the runtime has, under as many imports as before", async () => {
    const [old, young] = [await shipped("bash"), normaliseGrammar(await shipped("bash"))].map((it) =>
      WebAssembly.Module.imports(module(it)).map((entry) => entry.name),
    );
    assert.ok(old?.includes("isalpha") && !young?.includes("isalpha") && young?.includes("iswalpha"));
    assert.equal(young?.length, old?.length);
  });

  it("stay as they are when normalised again", async () => {
    const once = normaliseGrammar(await shipped("python"));
    assert.deepEqual(normaliseGrammar(once), once);
  });
});

describe("the lists of the shelves", () => {
  it("are those of their folders", async () => {
    assert.deepEqual(await gather(join(import.meta.dirname, "../.."), true), []);
  });
});
