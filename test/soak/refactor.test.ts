import { join } from "node:path";
import { before, describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { parseFor } from "../refactor/source.ts";
import {
  chanceContract,
  type Done,
  doneByChance,
  expressions,
  filesIn,
  inlinedAgain,
  names,
  slow,
  statements,
  type Target,
  type Targets,
  targetsOf,
} from "./by-chance.ts";
import { judged, type Pair, pythonLibrary } from "./python-judge.ts";
import { hasTypeScript, renamedByTypeScript, unknownNames } from "./typescript-judge.ts";

let parse: Parse;
before(async () => {
  parse = await parseFor("python", "javascript", "typescript", "tsx");
});

describe("refactorings of chance in Python's own library", () => {
  const library = pythonLibrary();
  if (library === undefined) {
    it("skipped: no Python");
    return;
  }
  const files = filesIn(library, "{*,{asyncio,json,email,unittest,logging,xml}/**/*}.py");
  const check = (id: string, targets: Targets, pairOf: (done: Done) => Pair) => {
    const all = doneByChance(parse, id, files, targets);
    const why = judged(all.map(pairOf));
    chanceContract(`${id} in Python`, all, (_, index) => why[index] ?? undefined);
  };

  slow("renames as the compiler sees it", () =>
    check("rename", names, ({ at, before: text, after }) => {
      const old = text.slice(at.from, at.to);
      return { as: "names", before: text, after, old, name: at.name ?? "" };
    }),
  );

  slow("extracts into what compiles, and inlines it back", () =>
    check("extract-variable", expressions, (it) => {
      const back = inlinedAgain(parse, it);
      return back === undefined
        ? { as: "compiles", before: it.before, after: it.after }
        : { as: "tree", before: it.before, after: back };
    }),
  );

  slow("extracts constants into what compiles, and inlines them back", () =>
    check("extract-constant", expressions, (it) => {
      const back = inlinedAgain(parse, it);
      return back === undefined
        ? { as: "compiles", before: it.before, after: it.after }
        : { as: "tree", before: it.before, after: back };
    }),
  );

  slow("takes functions out, and no name becomes another's", () =>
    check("extract-function", statements, ({ before: text, after }) => ({
      as: "globals",
      before: text,
      after,
      name: "new_function",
    })),
  );

  slow("inlines into what compiles", () =>
    check("inline-variable", names, (it) => ({ as: "compiles", before: it.before, after: it.after })),
  );
});

/** Files of JavaScript and TypeScript. */
const scripts = [
  ...filesIn(
    join(root, "node_modules"),
    "{diff,marked,minimatch,fast-check,mocha,playwright-core}/**/*.{js,mjs,cjs}",
  ),
  ...filesIn(join(root, "src"), "**/*.ts"),
  ...filesIn(join(root, "test"), "**/*.ts"),
];

describe("refactorings of chance in packages of JavaScript and TypeScript", () => {
  if (!hasTypeScript) it("skipped: no TypeScript");
  slow("renames as TypeScript does", () => {
    const all = doneByChance(parse, "rename", scripts, ownNames);
    chanceContract("rename in JavaScript and TypeScript", all, ({ path, at, before: text, after }) => {
      const other = renamedByTypeScript(path, text, at.from, at.name ?? "");
      // TypeScript renames in comments that it takes for types, too.
      const code = (it: string) => it.replace(/\/\*[\s\S]*?\*\//g, "");
      const isSame = other === undefined || code(other) === code(after);
      return isSame ? undefined : firstDifference(code(after), code(other));
    });
  });

  slow("takes functions out, and no name becomes unknown", () => {
    const all = doneByChance(parse, "extract-function", scripts, statements);
    chanceContract("extract-function in JavaScript and TypeScript", all, ({ path, before: text, after }) => {
      const [was, is] = [unknownNames(path, text).join(), unknownNames(path, after).join()];
      return was === is ? undefined : `unknown were ${was} and are ${is}\n${after}`;
    });
  });

  slow("extracts, and inlines it back", () => {
    const all = doneByChance(parse, "extract-variable", scripts, expressions);
    chanceContract("extract-variable in JavaScript and TypeScript", all, (it) => {
      const back = inlinedAgain(parse, it);
      return back === undefined || plain(back) === plain(it.before)
        ? undefined
        : firstDifference(back, it.before);
    });
  });
});

describe("constants of chance in packages of JavaScript and TypeScript", () => {
  slow("become no names that are unknown, and are inlined back", () => {
    const all = doneByChance(parse, "extract-constant", scripts, expressions);
    chanceContract("extract-constant in JavaScript and TypeScript", all, (it) => {
      const [was, is] = [unknownNames(it.path, it.before).join(), unknownNames(it.path, it.after).join()];
      if (was !== is) return `unknown were ${was} and are ${is}\n${it.after}`;
      const back = inlinedAgain(parse, it);
      return back === undefined || plain(back) === plain(it.before)
        ? undefined
        : firstDifference(back, it.before);
    });
  });
});

/** Without what may be written or left out. */
function plain(text: string): string {
  return text.replace(/[\s();]/g, "");
}

function firstDifference(a: string, b: string): string {
  const at = [...a].findIndex((it, index) => it !== b[index]);
  return `${JSON.stringify(a.slice(Math.max(0, at - 40), at + 60))} and not ${JSON.stringify(b.slice(Math.max(0, at - 40), at + 60))}`;
}

/** Without those of imports: alone with a file, TypeScript does not know what it imports. */
function ownNames(source: Source): readonly Target[] {
  return targetsOf(source.bindings().all.filter((it) => it.kind !== "import"));
}
