import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe } from "mocha";
import { shellLines } from "../permission/shell-lines.ts";
import { ran, withTrap } from "../permission/shell-trap.ts";
import { holds } from "./figure.ts";

/** Everything is allowed but rm. */
const RULES = { allow: ["Bash"], deny: ["Bash(rm:*)"] };
/** Signs that change how a line is read. */
const SIGNS = [
  ..."'\"`$(){}[]<>|&;#\\ \n\t!*?~=%@^,:+-",
  "$(",
  "${",
  "$((",
  "<(",
  "<<",
  "<<<",
  "$'",
  "\\\n",
  "rm x",
  "\r",
  "\u00a0",
  "é",
  "[[ ",
  " ]]",
  "case a in ",
  "esac",
  "\0",
];

/** A line, and what a slip of the fingers makes of it. */
const slips = fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...SIGNS)), { maxLength: 3 });
const line = fc.tuple(shellLines(), slips).map(([text, slips]) =>
  slips.reduce((it, [place, kind, sign]) => {
    const at = place % (it.length + 1);
    if (kind === 0) return it.slice(0, at) + it.slice(at + 1);
    return it.slice(0, at) + sign + it.slice(kind === 1 ? at : at + sign.length);
  }, text),
);

describe("a command line, whatever it is,", () => {
  if (!existsSync("/bin/bash")) return;
  const { stage, folder } = withTrap();

  holds(
    "is judged soon, and when it is allowed though rm is denied, bash does not run that, in lots of fifty",
    { ci: 20, soak: 20_000 },
    fc.asyncProperty(fc.array(line, { minLength: 50, maxLength: 50 }), async (lines) => {
      const allowed: string[] = [];
      for (const it of lines) {
        const from = performance.now();
        const { decision } = await stage().on(it, RULES, { mode: "acceptEdits" });
        assert.ok(performance.now() - from < 5_000, `it took ${performance.now() - from} ms`);
        if (decision === "allow" && !it.includes("\0")) allowed.push(it);
      }
      assert.deepEqual(ran(folder(), allowed), []);
    }),
    { endOnFailure: true },
  );
});
