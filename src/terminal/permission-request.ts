import { homedir } from "node:os";
import { resolve } from "node:path";
import { touchOf } from "../agent/decision.ts";
import { MODES, type Mode } from "../agent/events.ts";
import { hiddenIn } from "../agent/hidden-in.ts";
import { check } from "../agent/schema.ts";
import { tools } from "../agent/tools/all.ts";
import { type Veil, veil } from "../agent/veil.ts";
import type { JsonObject } from "../model/conversation.ts";
import { nodeFiles } from "../node/files.ts";
import { findRipgrep } from "../node/find-ripgrep.ts";
import { homeOf } from "../node/home-of.ts";
import { nodeOutliner } from "../node/outliner.ts";
import { placesOf } from "../node/places.ts";
import { nodeSearch } from "../node/search.ts";
import { settingsPolicy } from "../node/settings-policy.ts";
import { nodeShell } from "../node/shell.ts";
import { type Decision, decide } from "../permission/decide.ts";
import type { Files, Search } from "../world.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { type Person, readPerson } from "./person.ts";

/** What somebody wants to know about: a command line, or a call of a tool; the rest as it is here when it is not given. */
export interface PermissionRequest {
  readonly command?: string;
  readonly tool?: string;
  readonly input?: JsonObject;
  /** "bash", "powershell" or another shell's name. */
  readonly shell?: string;
  readonly mode?: Mode;
  readonly cwd?: string;
  /** A settings file, or settings as JSON. */
  readonly settings?: string;
}

/** The request that stands in `value`, or a sentence saying what is wrong with it. */
export function permissionRequest(value: unknown): PermissionRequest | string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "it is no object";
  const given: Readonly<Record<string, unknown>> = { ...value };
  for (const name of ["command", "tool", "shell", "mode", "cwd"])
    if (given[name] !== undefined && typeof given[name] !== "string") return `"${name}" is no text`;
  const { command, tool, shell, mode, cwd } = given as Readonly<Record<string, string | undefined>>;
  if ((command === undefined) === (tool === undefined))
    return 'it has neither or both of "command" and "tool"';
  const known = MODES.find((it) => it === mode);
  if (mode !== undefined && !known) return `"mode" is none of ${MODES.join(", ")}`;
  const input = given["input"] ?? {};
  if (typeof input !== "object" || input === null || Array.isArray(input)) return '"input" is no object';
  const { settings } = given;
  const isText = settings === undefined || typeof settings === "string";
  if (!isText && typeof settings !== "object") return '"settings" is neither a path nor an object';
  return {
    ...(command !== undefined && { command }),
    ...(tool !== undefined && { tool, input: input as JsonObject }),
    ...(shell !== undefined && { shell }),
    ...(known && { mode: known }),
    ...(cwd !== undefined && { cwd }),
    ...(settings !== undefined && { settings: isText ? settings : JSON.stringify(settings) }),
  };
}

/** What is decided about requests here, by the same evaluator as in a session. */
export interface Oracle {
  /** The decision, or a sentence saying why there is none. */
  readonly ask: (request: PermissionRequest, signal: AbortSignal) => Promise<Decision | string>;
  readonly close: () => Promise<void>;
}

/** Opens one for the person of this environment. */
export function permissionOracle(env: NodeJS.ProcessEnv, here: string): Oracle {
  const { worker, grammars, here: programs } = placesOf(import.meta.url);
  const shellParser = nodeOutliner({ worker, grammars });
  const files = nodeFiles();
  const home = homedir();
  const search = nodeSearch(findRipgrep({ here: programs, path: env["PATH"] ?? "", workspace: [here] }));
  const veilOver = veils(files, search);
  const personIn = people(env);
  return { ask, close: () => shellParser.dispose() };

  async function ask(request: PermissionRequest, signal: AbortSignal): Promise<Decision | string> {
    const folder = resolve(here, request.cwd ?? ".");
    const person = await personIn(folder, request.settings);
    const { settings, wrong } = person;
    if (wrong.length > 0) return wrong.join(" ");
    const { rules, builtInReads } = settingsPolicy(person);
    const { tool: name = "Bash", input = { command: request.command ?? "" } } = request;
    const tool = tools.find((it) => it.name === name);
    const amiss = tool && check(touching(tool.input), input);
    if (amiss !== undefined)
      return { decision: "deny", reason: `It would not be run: ${amiss}`, rule: undefined, offers: [] };
    const reach = tool?.reach(input, folder) ?? { kind: "none" };
    const shell = { name: shellName(request.shell) ?? nodeShell(env).name };
    const [touch, root] = await Promise.all([
      touchOf({ files, home, shell, shellParser }, folder, reach, signal),
      files.resolve(folder),
    ]);
    const decision = decide(name, touch, {
      mode: request.mode ?? modeOf(settings["permissions.defaultMode"]),
      rules,
      roots: [root],
      readable: [],
      trusted: true,
      platform: process.platform,
      folder: root,
      home,
      builtInReads,
      hidden: await hiddenIn(touch, folder, veilOver([folder, root]), files),
    });
    const isUnknown = !tool && decision.decision === "allow" && decision.rule === undefined;
    return isUnknown
      ? { ...decision, decision: "ask", reason: `There is no tool "${name}" here.` }
      : decision;
  }
}

/** A person for each folder and settings, read once. */
function people(env: NodeJS.ProcessEnv): (folder: string, settings: string | undefined) => Promise<Person> {
  const read = new Map<string, Promise<Person>>();
  const names = tools.map((it) => it.name);
  return (folder, settings) => {
    const key = JSON.stringify([folder, settings]);
    const found = read.get(key) ?? readPerson(homeOf(env), folder, { ...NO_OVERRIDES, settings }, names);
    read.set(key, found);
    return found;
  };
}

/** A veil for each set of roots, made once. */
function veils(files: Files, search: Search): (roots: readonly string[]) => Veil {
  const made = new Map<string, Veil>();
  return (roots) => {
    const key = roots.join("\n");
    const found =
      made.get(key) ?? veil({ files, search, roots: () => roots, platform: process.platform, now: Date.now });
    made.set(key, found);
    return found;
  };
}

/** What a call cannot do without for a decision: what it would write is of no account. */
function touching(schema: JsonObject): JsonObject {
  const { required } = schema;
  const needed = Array.isArray(required)
    ? required.filter((it) => it === "file_path" || it === "command")
    : [];
  return { ...schema, required: needed };
}

function modeOf(text: string): Mode {
  return MODES.find((it) => it === text) ?? "default";
}

/** People say "powershell" where its program is called pwsh, too. */
function shellName(said: string | undefined): string | undefined {
  return said
    ?.toLowerCase()
    .replace(/\.exe$/, "")
    .replace(/^pwsh$/, "powershell");
}
