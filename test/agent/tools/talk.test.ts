import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { tools } from "../../../src/agent/tools/all.ts";
import type { Problem } from "../../../src/world.ts";
import { never } from "../../contract/temporary-folder.ts";
import { type Project, project } from "./project.ts";

describe("tools that talk", () => {
  let made: Project;
  afterEach(() => made.done());

  const todos = [
    { content: "Run", status: "completed", activeForm: "Running" },
    { content: "Fix", status: "in_progress", activeForm: "Fixing" },
  ];
  const questions = [
    {
      question: "Which?",
      header: "Choice",
      options: [{ label: "A", description: "first" }],
      multiSelect: false,
    },
  ];

  it("TodoWrite shows the list", async () => {
    made = await project();
    assert.deepEqual((await made.run("TodoWrite", { todos })).display, { kind: "todos", todos });
    await assert.rejects(
      made.run("TodoWrite", { todos: [{ ...todos[0], status: "done" }] }),
      /todos\[0\].status must be one of/,
    );
  });

  it("AskUserQuestion answers with what the person said", async () => {
    made = await project({}, ["B, please"]);
    const { content, display } = await made.run("AskUserQuestion", { questions });
    assert.equal(content, "Which?\n> B, please");
    assert.deepEqual(display, { kind: "questions", questions, answers: ["B, please"] });
  });

  it("AskUserQuestion tells the model to decide when nobody can answer", async () => {
    made = await project();
    const result = await made.run("AskUserQuestion", { questions });
    assert.equal(result.failed, true);
  });

  it("ExitPlanMode reaches for the end of plan mode with its plan", async () => {
    made = await project();
    const tool = tools.find((it) => it.name === "ExitPlanMode");
    assert.deepEqual(tool?.reach({ plan: "# Plan" }, made.folder), { kind: "plan", markdown: "# Plan" });
  });

  it("Diagnostics lists problems, the worst first", async () => {
    made = await project();
    const at = { path: `${made.folder}/a.ts`, line: 2, column: 3 };
    const found: Problem[] = [
      { ...at, severity: "warning", message: "unused" },
      { ...at, severity: "error", message: "no such name", source: "ts" },
    ];
    const tool = tools.find((it) => it.name === "Diagnostics");
    const abilities = { ...made.abilities, problems: { available: true, of: async () => found } };
    const result = tool && "run" in tool ? await tool.run({}, abilities, never()) : undefined;
    assert.equal(result?.content, "a.ts:2:3 error: no such name [ts]\na.ts:2:3 warning: unused");
    assert.match(await made.text("Diagnostics", {}), /Nothing reports problems here/);
  });
});
