import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Plan, Refusal } from "../../src/refactor/plan.ts";
import type { Refactorer } from "../../src/refactor/port.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { never } from "./temporary-folder.ts";

const SUM = "function f(a) {\n  return a * 2 + a * 2;\n}\n";

/** What every implementation of `Refactorer` promises. */
export function refactorerContract(
  name: string,
  make: () => Promise<{ refactorer: Refactorer; done: () => Promise<void> }>,
): void {
  describe(`Refactorer: ${name}`, () => {
    let refactorer: Refactorer;
    let done: () => Promise<void>;
    before(async () => {
      ({ refactorer, done } = await make());
    });
    after(() => done());

    /** A request about the first place that reads so; about a cursor before it with `isCursor`. */
    const request = (path: string, text: string, at: string, isCursor = false) => {
      const from = text.indexOf(at);
      return { file: { path, text }, from, to: isCursor ? from : from + at.length };
    };
    const plan = (id: string, path: string, text: string, at: string, options: Options = {}) =>
      refactorer.plan(id, request(path, text, at), options, never());
    const code = (it: Plan | Refusal) => (it.kind === "refused" ? it.code : it.kind);
    const after_ = (it: Plan | Refusal) =>
      it.kind === "plan" ? it.files.map((file) => withChanges(file.before ?? "", file.changes)) : it.reason;

    it("offers what makes sense at a place", async () => {
      const offered = await refactorer.offers(request("/x/a.ts", SUM, "a * 2"), never());
      assert.ok(offered.kind === "offers");
      assert.ok(offered.offers.some((it) => it.id === "extract-variable" && it.kind === "refactor.extract"));
    });

    for (const [path, text, expected] of [
      ["/x/a.js", SUM, "function f(a) {\n  const twice = a * 2;\n  return twice + a * 2;\n}\n"],
      [
        "/x/a.ts",
        SUM.replace("a)", "a: number)"),
        "function f(a: number) {\n  const twice = a * 2;\n  return twice + a * 2;\n}\n",
      ],
      [
        "/x/a.tsx",
        SUM.replace("a)", "a: number)"),
        "function f(a: number) {\n  const twice = a * 2;\n  return twice + a * 2;\n}\n",
      ],
    ] as const)
      it(`plans one in ${path.replace(/.*\./, ".")}`, async () =>
        assert.deepEqual(after_(await plan("extract-variable", path, text, "a * 2", { name: "twice" })), [
          expected,
        ]));

    it("changes other files with the one that was asked about", async () => {
      const file = { path: "/x/a.ts", text: "export const total = 1;\n" };
      const other = { path: "/x/b.ts", text: 'import { total } from "./a.ts";\nconsole.log(total);\n' };
      const at = { file, from: 13, to: 13, others: [other] };
      const made = await refactorer.plan("rename", at, { name: "sum" }, never());
      assert.deepEqual(after_(made), [
        "export const sum = 1;\n",
        'import { sum } from "./a.ts";\nconsole.log(sum);\n',
      ]);
    });

    for (const [what, id, path, text, expected] of [
      ["a refactoring that is not there", "fly", "/x/a.ts", "a * 2", "unknown"],
      ["a language that is not known", "extract-variable", "/x/a.unknown", "a * 2", "language"],
      ["a text with a syntax error", "extract-variable", "/x/a.ts", "a * 2; )(", "syntax-error"],
      [
        "a text that is nested too deeply",
        "extract-variable",
        "/x/a.ts",
        `a * 2; ${"[".repeat(900)}${"]".repeat(900)}`,
        "too-large",
      ],
      ["a text that is too long", "extract-variable", "/x/a.ts", "a * 2;".repeat(200_000), "too-large"],
    ] as const)
      it(`refuses ${what}`, async () => assert.equal(code(await plan(id, path, text, "a * 2")), expected));

    it("answers many at once, each its own", async () => {
      const names = Array.from({ length: 10 }, (_, index) => `name${index}`);
      const made = await Promise.all(
        names.map((it) => plan("extract-variable", "/x/a.js", SUM, "a * 2", { name: it })),
      );
      assert.deepEqual(
        made.map((it) => /const (\w+)/.exec(String(after_(it)))?.[1]),
        names,
      );
    });

    it("rejects with the reason when stopped", async () => {
      const reason = new Error("stop");
      const at = request("/x/a.ts", SUM, "a * 2");
      await assert.rejects(refactorer.offers(at, AbortSignal.abort(reason)), reason);
      const controller = new AbortController();
      const asked = refactorer.plan("extract-variable", at, {}, controller.signal);
      controller.abort(reason);
      await assert.rejects(asked, reason);
    });
  });
}
