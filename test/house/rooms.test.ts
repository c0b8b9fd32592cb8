import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { roomOf, type Source, sources } from "./sources.ts";

const CORE = [
  "text",
  "syntax",
  "refactor",
  "smells",
  "typescript",
  "model",
  "gateway",
  "permission",
  "journal",
  "agent",
];
const PLAIN = ["world", "settings", "smell-settings", "model-settings", "version", "std"];

/** Who may look into whom; ARCHITECTURE.md has the same table with reasons. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  std: [],
  world: [],
  settings: ["smell-settings", "model-settings"],
  "model-settings": ["settings"],
  "smell-settings": ["settings"],
  version: [],
  text: ["world"],
  syntax: ["text", "world"],
  refactor: ["syntax", "text"],
  smells: ["syntax", "refactor", "text"],
  typescript: ["refactor", "text"],
  model: [],
  gateway: ["model"],
  permission: ["text", "world", "syntax"],
  journal: ["text", "world"],
  agent: ["model", "permission", "journal", "refactor", "syntax", "text", "world"],
  node: [...CORE, ...PLAIN],
  terminal: ["node", ...CORE, ...PLAIN],
  vscode: ["node", "webview", ...CORE, ...PLAIN],
  extension: ["vscode"],
  cli: ["version", "cli-main"],
  "cli-main": ["terminal", "version"],
  "syntax-worker": ["node", "refactor", "smells", "syntax", "world"],
  "index-worker": ["node", "syntax", "std"],
  "parse-worker": ["node", "syntax"],
  "type-worker": ["node", "refactor", "typescript", "std"],
  webview: ["agent", "text", "model", "journal"],
};

/** The only files of webview that the editor may use, and of agent that the page may: pure ones. */
const VSCODE_SEES_OF_WEBVIEW = ["webview/page.ts"];
const PAGE_SEES_OF_AGENT = ["session", "step", "events", "display", "screen"].map(
  (it) => `src/agent/${it}.ts`,
);

const all = sources("src", "webview");

describe("the house", () => {
  it("has a line in the table for every room", () => {
    const rooms = new Set(all.map((it) => roomOf(it.path)));
    assert.deepEqual(
      [...rooms].filter((it) => !(it in MAY_USE)),
      [],
    );
  });

  it("lets no room look where it may not", () => {
    const wrong = all.flatMap((source) =>
      source.imports
        .filter(({ target }) => isOurs(target) && !mayUse(source.path, target))
        .map(({ target }) => `${source.path} -> ${target}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("says vscode only in the editor's room and door", () => {
    const wrong = all.filter(
      (it) =>
        it.imports.some(({ target }) => target === "vscode") &&
        !["vscode", "extension"].includes(roomOf(it.path)),
    );
    assert.deepEqual(
      wrong.map((it) => it.path),
      [],
    );
  });

  it("says node: only in hosts and doors", () => {
    const hosts = [
      "node",
      "terminal",
      "vscode",
      "cli",
      "cli-main",
      "syntax-worker",
      "index-worker",
      "parse-worker",
      "type-worker",
    ];
    const wrong = all.filter(
      (it) => it.imports.some(({ target }) => target.startsWith("node:")) && !hosts.includes(roomOf(it.path)),
    );
    assert.deepEqual(
      wrong.map((it) => it.path),
      [],
    );
  });

  it("reads the environment and the clock only in hosts and doors", () => {
    const core = all.filter((it) => [...CORE, ...PLAIN].includes(roomOf(it.path)));
    const wrong = core.filter((it) => /\bprocess\.|\bDate\.now\(/.test(withoutComments(it.text)));
    assert.deepEqual(
      wrong.map((it) => it.path),
      [],
    );
  });

  it("has no cycle of files that load each other", () => {
    assert.deepEqual(cycles(all), []);
  });
});

function isOurs(target: string): boolean {
  return target.startsWith("src/") || target.startsWith("webview/");
}

function mayUse(path: string, target: string): boolean {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from === to || to === "std") return true;
  if (from === "vscode" && to === "webview") return VSCODE_SEES_OF_WEBVIEW.includes(target);
  if (from === "webview" && to === "agent") return PAGE_SEES_OF_AGENT.includes(target);
  return MAY_USE[from]?.includes(to) ?? false;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}

/** Every cycle found by walking run-time imports, as the path that closes it. */
function cycles(files: readonly Source[]): readonly string[] {
  const targets = new Map(
    files.map((it) => [it.path, it.imports.filter((other) => !other.isType).map((other) => other.target)]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) found.push([...above.slice(above.indexOf(path)), path].join(" -> "));
    if (above.includes(path) || done.has(path)) return;
    for (const next of targets.get(path) ?? []) visit(next, [...above, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return found;
}
