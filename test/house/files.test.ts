import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { files, read, type Source, sources } from "./sources.ts";

const product = sources("src", "webview");
const everything = sources("src", "webview", "test", "bench", "scripts");

/** Lines a file may have; the few that are longer may not grow. */
const USUAL_LINES = 300;
const LONGEST_LINES = 600;
const LONG_FILES = 2;
const LONGEST_FUNCTION = 50;

describe("every file", () => {
  it("fits on a few screens", () => {
    const long = everything.filter((it) => linesOf(it) > LONGEST_LINES);
    assert.deepEqual(
      long.map((it) => `${it.path}: ${linesOf(it)}`),
      [],
    );
  });

  it("of the product usually fits on two", () => {
    const long = product.filter((it) => linesOf(it) > USUAL_LINES);
    assert.ok(long.length <= LONG_FILES, long.map((it) => `${it.path}: ${linesOf(it)}`).join("\n"));
  });

  it("has no promise left in it", () => {
    // Comments only: a search example may say such a word.
    const words = new RegExp(
      `(?://|\\*).*\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"].join("|")})\\b|not imple${"mented"}`,
    );
    assert.deepEqual(where(everything, words), []);
  });

  it("names every type", () => {
    assert.deepEqual(
      where(everything.map(withoutComments), /(:\s*any\b|\bas a[n]y\b|<a[n]y>|\bany\[\])/),
      [],
    );
  });

  it("exports by name", () => {
    assert.deepEqual(where(product, /^export default/m), []);
  });

  it("says what each export promises", () => {
    const silent = product.flatMap(({ path, text }) => undocumented(text).map((it) => `${path}: ${it}`));
    assert.ok(
      silent.length <= UNDOCUMENTED,
      `${silent.length} exports without a docstring:\n${silent.join("\n")}`,
    );
  });

  it("speaks of the project only: no machine's paths, no registry's address", () => {
    const named = new RegExp(
      `/(work|root|home/[a-z]+/proj)/${"main"}|registry\\.npm${"js"}|deb\\.${"debian"}\\.org`,
    );
    const texts = ["", ".json", ".md", ".mjs", ".js", ".cjs", ".ts"].flatMap((it) =>
      it === "" ? [] : files(it, "."),
    );
    assert.deepEqual(
      texts.filter((it) => named.test(read(it))),
      [],
    );
  });
});

/** Exports without a sentence. */
const UNDOCUMENTED = 0;

describe("every function", () => {
  it("fits on a third of a screen", () => {
    const long = product.flatMap((source) => longFunctions(source));
    assert.ok(long.length <= LONG_FUNCTIONS, `${long.length} long functions:\n${long.join("\n")}`);
  });
});

/** Functions of the product over the limit, closures with their short inner functions for the most part; this number may only fall. */
const LONG_FUNCTIONS = 29;

describe("every test file", () => {
  it("asserts something", () => {
    const tests = sources("test").filter((it) => it.path.endsWith(".test.ts"));
    const empty = tests.filter((it) => !/\bassert\b|fc\.assert|Contract\(|throws\(/.test(it.text));
    assert.deepEqual(
      empty.map((it) => it.path),
      [],
    );
  });

  it("skips nothing without saying why, and singles nothing out", () => {
    assert.deepEqual(where(sources("test"), new RegExp(`\\b(it|describe|test)\\.(on${"ly"})\\(`)), []);
  });
});

function withoutComments(source: Source): Source {
  return {
    ...source,
    text: source.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (it) => it.replace(/[^\n]/g, "")),
  };
}

function linesOf({ text }: Source): number {
  return text.split("\n").length - 1;
}

function where(all: readonly Source[], pattern: RegExp): readonly string[] {
  return all.flatMap(({ path, text }) => {
    const match = pattern.exec(text);
    return match ? [`${path}:${text.slice(0, match.index).split("\n").length} ${match[0]}`] : [];
  });
}

function undocumented(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const name = /^export (?:async )?(?:function\*?|const|interface|type|class) (\w+)/.exec(line)?.[1];
    const above = lines[index - 1]?.trim() ?? "";
    return name && !above.endsWith("*/") ? [name] : [];
  });
}

/** Top-level functions, by their indentation: the formatter closes them at the beginning of a line. */
function longFunctions({ path, text }: Source): readonly string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const name = /^(?:export )?(?:async )?function\*? (\w+)/.exec(line)?.[1];
    if (!name) return [];
    const length = lines.slice(index).indexOf("}") + 1;
    return length > LONGEST_FUNCTION ? [`${path}: ${name} ${length}`] : [];
  });
}
