import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { rulesOf, sourceOf } from "../../src/refactor/source.ts";
import { walk } from "../../src/syntax/tree.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "../refactor/source.ts";
import { amount, isSoak, seed, tally } from "./figure.ts";
import { random } from "./random.ts";

/** Where Debian's packages `librust-…-dev` put the sources of crates. */
const REGISTRY = process.env["WHEELHOUSE_CRATES"] ?? "/usr/share/cargo/registry";
/** Longest file that is taken, in UTF-16 units. */
const LONGEST = 60_000;
/** Refactorings that can be done. */
const AMOUNTS = { ci: 15, soak: 100 };
/** For each that is wanted, so many places are tried. */
const PATIENCE = 60;

interface Crate {
  readonly folder: string;
  readonly edition: string;
}

/** What is selected, and the new name. */
interface Target {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

let parse: Parse;
before(async () => {
  parse = await parseFor("rust");
});

describe("refactorings of chance in crates", () => {
  if (!isSoak || !existsSync(REGISTRY) || spawnSync("rustc", ["--version"]).status !== 0) {
    it("skipped: no soak, no Rust, or no crates");
    return;
  }
  let crates: readonly Crate[] = [];
  before(function () {
    this.timeout(0);
    crates = globSync("*/src/lib.rs", { cwd: REGISTRY })
      .map((it) => crateIn(join(REGISTRY, it.slice(0, it.indexOf("/")))))
      .filter((it) => whyNot(it) === undefined);
    assert.ok(crates.length > 0, "no crate compiles by itself");
  });
  for (const [id, targets] of [
    ["rename", names],
    ["extract-variable", expressions],
    ["extract-constant", expressions],
    ["inline-variable", names],
    ["replace-magic-number", numbers],
  ] as const)
    it(`${id} leads to what Rust's compiler takes`, function () {
      this.timeout(0);
      const chance = random(seed);
      const wrong: string[] = [];
      let done = 0;
      for (let tries = 0; done < amount(AMOUNTS) && tries < amount(AMOUNTS) * PATIENCE; tries++) {
        const crate = chance.pick(crates);
        const path = chance.pick(globSync("src/**/*.rs", { cwd: crate.folder }));
        const source = sourceIn(join(crate.folder, path));
        const all = source ? targets(source, chance.pick(["a", "value", "n", "x"])) : [];
        if (!source || all.length === 0) continue;
        const { from, to, name } = chance.pick(all);
        const plan = planned(
          id,
          { file: source, from, to, others: [] },
          { name, replaceAll: tries % 4 === 0 },
          parse,
        );
        if (plan.kind === "refused") continue;
        done++;
        const text = withChanges(source.text, plan.files[0]?.changes ?? []);
        const why = whyNot(crate, { path, text });
        if (why) wrong.push(`${source.path}:${from}-${to} (${name}): ${why}`);
      }
      assert.deepEqual(wrong, []);
      assert.ok(done >= amount(AMOUNTS) / 8, `only ${done} could be done`);
      tally(`${id} in Rust`, done);
    });
});

function crateIn(folder: string): Crate {
  const manifest = readFileSync(join(folder, "Cargo.toml"), "utf8");
  return { folder, edition: /^edition = "(\d+)"/m.exec(manifest)?.[1] ?? "2015" };
}

/** What the compiler says against a crate in which one file has another text; `undefined`: nothing. */
function whyNot({ folder, edition }: Crate, changed?: { readonly path: string; readonly text: string }) {
  const place = mkdtempSync(join(tmpdir(), "wheelhouse-crate-"));
  try {
    cpSync(folder, place, { recursive: true });
    if (changed) writeFileSync(join(place, changed.path), changed.text);
    const given = ["--edition", edition, "--cap-lints", "allow", "--crate-type", "lib", "--emit", "metadata"];
    const { status, stderr } = spawnSync("rustc", [...given, "-o", join(place, "out"), "src/lib.rs"], {
      cwd: place,
      encoding: "utf8",
    });
    return status === 0 ? undefined : stderr.slice(0, 1_000);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function sourceIn(path: string): Source | undefined {
  const text = readFileSync(path, "utf8");
  const rules = rulesOf("rust");
  const tree = text.length > LONGEST ? undefined : parse("rust", text);
  return tree && rules && sourceOf({ path, text, language: "rust", root: tree, rules });
}

function names(source: Source, name: string): readonly Target[] {
  return source
    .bindings()
    .all.flatMap(({ declarations: [at] }) => (at ? [{ from: at.from, to: at.to, name }] : []));
}

function expressions({ root, rules }: Source, name: string): readonly Target[] {
  const all = [...walk(root)].filter((it) => rules.isExpression(it) && it.type !== "identifier");
  return all.map(({ from, to }) => ({ from, to, name }));
}

function numbers({ root }: Source, name: string): readonly Target[] {
  const all = [...walk(root)].filter((it) => it.type === "integer_literal");
  return all.map(({ from, to }) => ({ from, to, name: name.toUpperCase() }));
}
