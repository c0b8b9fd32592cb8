// Writes what package.json says about commands, views and settings from the tables in the code; `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SETTINGS, type Setting } from "../src/settings.ts";
import { COMMANDS, type CommandEntry } from "../src/vscode/commands.ts";

const path = fileURLToPath(new URL("../package.json", import.meta.url));

/** The manifest's part that is generated: everything a user sees of the extension before it runs. */
export function generated(): Record<string, unknown> {
  return {
    // View, command and code-action events are implied by what is contributed.
    activationEvents: [],
    capabilities: {
      untrustedWorkspaces: {
        supported: "limited",
        description:
          "In a folder that is not trusted, Wheelhouse reads none of its settings and instructions and runs nothing.",
      },
      virtualWorkspaces: {
        supported: false,
        description: "Wheelhouse works on files and runs commands on this machine.",
      },
    },
    contributes: {
      commands: entries().map(([name, { title, icon }]) => ({
        command: id(name),
        title,
        category: "Wheelhouse",
        ...(icon && { icon: `$(${icon})` }),
      })),
      keybindings: entries().flatMap(([name, { key, mac, keyWhen }]) =>
        key ? [{ command: id(name), key, ...(mac && { mac }), ...(keyWhen && { when: keyWhen }) }] : [],
      ),
      menus: menus(),
      viewsContainers: {
        secondarySidebar: [{ id: "wheelhouse-chat", title: "Wheelhouse", icon: "media/wheel.svg" }],
        activitybar: [{ id: "wheelhouse-work", title: "Wheelhouse", icon: "media/wheel.svg" }],
      },
      views: {
        "wheelhouse-chat": [
          { id: "wheelhouse.chat", name: "Wheelhouse", type: "webview", icon: "media/wheel.svg" },
        ],
        "wheelhouse-work": [
          { id: "wheelhouse.sessions", name: "Sessions", icon: "media/wheel.svg" },
          { id: "wheelhouse.changes", name: "Changes", icon: "media/wheel.svg" },
          { id: "wheelhouse.symbols", name: "Symbols", icon: "media/wheel.svg", visibility: "collapsed" },
          { id: "wheelhouse.health", name: "Code Health", icon: "media/wheel.svg" },
        ],
      },
      viewsWelcome: [
        { view: "wheelhouse.sessions", contents: "No sessions yet.\n[Open Chat](command:wheelhouse.focus)" },
        {
          view: "wheelhouse.changes",
          contents:
            "No changes to decide on. Files that Wheelhouse changes are listed here until you keep or undo them.",
        },
        {
          view: "wheelhouse.symbols",
          contents: "What the source files of this workspace declare is listed here.",
        },
        {
          view: "wheelhouse.health",
          contents:
            "What smells in the code of this workspace: long and complex functions, duplicate, dead and unused code.\n[Analyse Code Health](command:wheelhouse.smells.analyse)",
        },
      ],
      configuration: {
        title: "Wheelhouse",
        properties: Object.fromEntries(
          Object.entries(SETTINGS).map(([name, it], order) => [id(name), property(it, order)]),
        ),
      },
      languageModelChatProviders: [{ vendor: "wheelhouse", displayName: "Wheelhouse" }],
      configurationDefaults: { "diffEditor.codeLens": true },
      walkthroughs: [walkthrough()],
    },
  };
}

function id(name: string): string {
  return `wheelhouse.${name}`;
}

function entries(): readonly (readonly [string, CommandEntry])[] {
  return Object.entries(COMMANDS);
}

function menus(): Record<string, unknown[]> {
  const all: Record<string, unknown[]> = { commandPalette: [] };
  for (const [name, { when, menus: places }] of entries()) {
    if (when) all["commandPalette"]?.push({ command: id(name), when });
    for (const [menu, place] of Object.entries(places ?? {}))
      (all[menu] ??= []).push({ command: id(name), ...place });
  }
  return all;
}

function property(
  { type, default: value, description, values, minimum, reach }: Setting,
  order: number,
): Record<string, unknown> {
  return {
    type: type === "list" ? "array" : type,
    ...(type === "list" && { items: { type: "string" } }),
    default: value,
    markdownDescription: description,
    // What only the person may set is not taken from a workspace's settings.
    scope: reach === "person" ? "application" : "resource",
    order,
    ...(values && { enum: values }),
    ...(minimum !== undefined && { minimum }),
  };
}

function walkthrough(): Record<string, unknown> {
  const step = (name: string, title: string, description: string, completionEvents: readonly string[]) => ({
    id: name,
    title,
    description,
    media: { markdown: `media/walkthrough/${name}.md` },
    completionEvents,
  });
  return {
    id: "start",
    title: "Get Started with Wheelhouse",
    description: "A coding agent you steer: every step visible, every edit undoable.",
    steps: [
      step(
        "open",
        "Open the chat",
        "It stands in the secondary side bar; drag it wherever you like.\n[Open Chat](command:wheelhouse.focus)",
        ["onCommand:wheelhouse.focus"],
      ),
      step(
        "try",
        "Try it without a key",
        "The offline model understands a few written commands, enough to see an edit, its approval and its undo.\n[Open Chat](command:wheelhouse.focus)",
        ["onView:wheelhouse.chat"],
      ),
      step(
        "key",
        "Set an API key",
        "It is kept in the editor's secret storage.\n[Set API Key](command:wheelhouse.setApiKey)\n[Models and Keys](command:wheelhouse.models)",
        ["onCommand:wheelhouse.setApiKey"],
      ),
      step(
        "steer",
        "Steer",
        "Type while it works, stop it, answer with words, take any change back.\n[Review Changes](command:wheelhouse.review.open)",
        ["onCommand:wheelhouse.review.open"],
      ),
      step(
        "rules",
        "Choose what it may do",
        "Modes and rules decide what it asks about.\n[Open Settings](command:wheelhouse.openSettings)",
        ["onCommand:wheelhouse.openSettings"],
      ),
    ],
  };
}

const manifest: Record<string, unknown> = JSON.parse(readFileSync(path, "utf8"));
const next = `${JSON.stringify({ ...manifest, ...generated() }, null, 2)}\n`;
if (!process.argv.includes("--check")) writeFileSync(path, next);
else if (next !== readFileSync(path, "utf8")) {
  console.error("package.json does not say what the tables say: run `npm run generate`.");
  process.exitCode = 1;
}
