import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { planRefactoring } from "../../src/agent/refactor-files.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { nodeSearch } from "../../src/node/search.ts";
import type { RefactorRequest } from "../../src/refactor/engine.ts";
import { type Plan, type Refusal, refused } from "../../src/refactor/plan.ts";
import type { ToldType, TypedRename, TypedRequest, TypeKnower } from "../../src/refactor/typed.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

const TEXT = "class A { size = 1 }\n";
const AT = TEXT.indexOf("size");
const PLAN: Plan = { kind: "plan", title: "", files: [], warnings: [] };

describe("a refactoring that needs types", () => {
  let folder: string;
  let remove: () => Promise<void>;
  /** What was asked of who plans, and of who knows types. */
  let planned: RefactorRequest[];
  let asked: TypedRequest[];
  let typed: TypedRename | undefined;
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    [planned, asked] = [[], []];
    await mkdir(join(folder, ".git"));
    await put("a.ts", TEXT);
    await put("b.ts", "new A().size;\n");
    await put("c.ts", "export {};\n");
  });
  afterEach(() => remove());
  const put = (name: string, text: string) => writeFile(join(folder, name), text);

  interface Setting {
    readonly first?: Plan | Refusal;
    readonly types?: Partial<TypeKnower>;
    readonly hasTypes?: boolean;
  }

  function outcome({
    first = { ...refused("rename.name", "Nobody knows."), lacks: "types", from: AT, to: AT + 4 },
    types = {},
    hasTypes = true,
  }: Setting = {}): Promise<Plan | Refusal> {
    const knower: TypeKnower = {
      knows: () => true,
      rename: async (request) => {
        asked.push(request);
        const files = request.others.map(({ path, text }) => ({ path, before: text, changes: [] }));
        return (typed = { kind: "typed", files, warnings: [] });
      },
      types: async () => [],
      ...types,
    };
    const ports = {
      refactorer: {
        plan: async (_: string, request: RefactorRequest) => {
          planned.push(request);
          return planned.length === 1 ? first : PLAN;
        },
      },
      ...(hasTypes && { types: knower }),
      files: nodeFiles(),
      search: nodeSearch(findRipgrep({ here: import.meta.dirname, path: "", workspace: [] })),
      mayRead: async () => true,
    };
    const file = { path: join(folder, "a.ts"), text: TEXT };
    return planRefactoring("rename", { file, from: AT, to: AT }, { name: "fresh" }, folder, ports, never());
  }
  const names = (paths: readonly string[] = []) => paths.map((it) => it.slice(folder.length + 1));

  it("asks by the name that the refusal says", async () => {
    const first = {
      ...refused("a.b", "Nobody knows."),
      lacks: "types",
      another: "_size",
      from: AT,
      to: AT + 4,
    } as const;
    assert.equal(await outcome({ first }), PLAN);
    assert.equal(asked[0]?.name, "_size");
  });

  it("is planned with what types tell of the files that have the name, beside all of the project", async () => {
    assert.equal(await outcome(), PLAN);
    const [request] = asked;
    assert.deepEqual(names(request?.others.map((it) => it.path)), ["b.ts"]);
    assert.deepEqual(names(request?.all), ["a.ts", "b.ts", "c.ts"]);
    assert.deepEqual([request?.at, request?.name, request?.root], [AT, "fresh", folder]);
    assert.equal(planned[1]?.typed, typed);
    assert.deepEqual(names(planned[1]?.others?.map((it) => it.path)), ["b.ts"]);
  });

  it("stays refused where nobody knows types", async () => {
    const plan = await outcome({ hasTypes: false });
    assert.equal(plan.kind === "refused" && plan.code, "rename.name");
    planned = [];
    const other = await outcome({ types: { knows: () => false } });
    assert.equal(other.kind === "refused" && other.code, "rename.name");
  });

  it("is refused for the reason that types give", async () => {
    const plan = await outcome({
      types: { rename: async () => refused("rename.untyped", "It may be another.") },
    });
    assert.equal(plan.kind === "refused" && plan.code, "rename.untyped");
  });

  it("minds no words of pages, but those of a framework's", async () => {
    await put("page.html", "<p>The size.</p>");
    assert.equal(await outcome(), PLAN);
    planned = [];
    await put("b.ts", '@Component({ templateUrl: "./page.html" }) class B { size = 1 }\n');
    const plan = await outcome();
    assert.match(plan.kind === "refused" ? plan.reason : "", /b\.ts" has a page that may use it/);
  });

  it("is planned again with types that it would write, where these are known", async () => {
    const told: readonly ToldType[] = [{ at: 3, type: "number" }];
    const first = { ...PLAN, untold: [3] };
    assert.equal(await outcome({ first, types: { types: async () => told } }), PLAN);
    assert.equal(planned[1]?.told, told);
    planned = [];
    assert.equal(await outcome({ first }), first);
  });
});
