import type { RefactorRequest } from "../refactor/engine.ts";
import { type Plan, type Refusal, refused, type Sought } from "../refactor/plan.ts";
import type { Refactorer } from "../refactor/port.ts";
import type { Options } from "../refactor/refactoring.ts";
import type { TypeKnower } from "../refactor/typed.ts";
import { withChanges } from "../text/changes.ts";
import { UTF8 } from "../text/encoding.ts";
import { absolute } from "../text/paths.ts";
import type { FileChange, Files } from "../world.ts";
import { freePath, likeness, loadedBy, textAt, whyNoTarget } from "./refactor-modules.ts";
import { withToldTypes, withTypes } from "./refactor-types.ts";
import { filesWith, type SearchPorts } from "./related-files.ts";

/** What is used to plan with other files. */
export interface RefactorPorts extends SearchPorts {
  readonly refactorer: Pick<Refactorer, "plan">;
  /** `undefined`: nobody knows types. */
  readonly types?: TypeKnower | undefined;
}

/** How often more files may be looked for, since those that were found hand a name on. */
const MAX_ROUNDS = 4;

/**
 * Plans a refactoring. Other files are looked at only where it is refused for lack of them: those of the same family of languages
 * that have the word at the place or name the file's module, below the repository's folder or, without one, `folder` or
 * the file's own. Where something goes to another file, `options.to` from `folder` or a new one, that is among them if it
 * is there, and so is what all of these load.
 */
export async function planRefactoring(
  id: string,
  request: RefactorRequest,
  options: Options,
  folder: string,
  ports: RefactorPorts,
  signal: AbortSignal,
): Promise<Plan | Refusal> {
  const strange = options.to === undefined ? undefined : whyNoTarget(options.to);
  if (strange !== undefined) return refused(`${id}.target`, strange);
  const given = options.to === undefined ? options : { ...options, to: absolute(options.to, folder) };
  const word = wordAt(request);
  const usual = word === undefined ? undefined : { words: [word], modules: [request.file.path] };
  let answer = await ports.refactorer.plan(id, request, given, signal);
  for (let round = 0, last: Sought | undefined; round < MAX_ROUNDS; round++) {
    if (answer.kind === "plan") return withToldTypes(id, answer, request, given, folder, ports, signal);
    if (answer.lacks === undefined) return answer;
    if (answer.lacks === "types") return withTypes(id, answer, request, given, folder, ports, signal);
    const { target } = answer;
    if (target !== undefined)
      return intoTarget(id, { ...answer, target }, request, given, folder, ports, signal);
    const sought = answer.sought ?? usual;
    if (!sought || (last && isSame(last, sought))) return answer;
    const others = await filesWith(sought, request.file, folder, ports, signal);
    if (typeof others === "string") return { ...answer, reason: `${answer.reason} (${others})` };
    answer = await ports.refactorer.plan(id, { ...request, others, sought }, given, signal);
    last = sought;
  }
  return answer;
}

/** Plans what goes to another file, with that one, those that use what goes there, and all that these load. */
async function intoTarget(
  id: string,
  lacking: Refusal & { readonly target: string },
  request: RefactorRequest,
  given: Options,
  folder: string,
  ports: RefactorPorts,
  signal: AbortSignal,
): Promise<Plan | Refusal> {
  const { file } = request;
  const to = given.to ?? (await freePath(lacking.target, ports.files));
  const sought = { words: lacking.sought?.words ?? [], modules: [file.path, to] };
  const searched = await filesWith(sought, file, folder, ports, signal);
  if (typeof searched === "string") return { ...lacking, reason: `${lacking.reason} (${searched})` };
  const found = to === file.path ? [] : await textAt(to, ports, signal);
  if (typeof found === "string") return refused(`${id}.target`, `${found}.`);
  const like = found.length === 0 ? await likeness(to, ports.files) : undefined;
  if (like !== undefined)
    return refused(`${id}.like`, `"${like}" is there, and imports may take one for the other.`);
  const others = [...found, ...searched.filter((it) => it.path !== to)];
  const loaded = await loadedBy([file, ...others], ports, signal);
  return ports.refactorer.plan(id, { ...request, others, loaded }, { ...given, to }, signal);
}

function isSame(a: Sought, b: Sought): boolean {
  return a.words.length === b.words.length && a.modules.length === b.modules.length;
}

/** The name that the selection is, or that the cursor touches. */
function wordAt({ file: { text }, from, to }: RefactorRequest): string | undefined {
  const before = /[\p{ID_Continue}$]*$/u.exec(text.slice(Math.max(0, from - 200), from))?.[0] ?? "";
  const behind = /^[\p{ID_Continue}$]*/u.exec(text.slice(from, from + 200))?.[0] ?? "";
  const word = before + behind;
  const isIt = from === to || (before === "" && to - from === behind.length);
  return isIt && /^[\p{ID_Start}_$]/u.test(word) ? word : undefined;
}

/** What a plan makes of the files as they are now; refused when one is no longer what it was made for. */
export async function changesOf(
  plan: Plan,
  files: Pick<Files, "read" | "entry">,
  signal: AbortSignal,
): Promise<readonly FileChange[] | Refusal> {
  const all: FileChange[] = [];
  const gone = plan.files.find((it) => it.isRemoved);
  const left = gone && (await files.read(gone.path, signal));
  const mode = gone && (await files.entry(gone.path))?.mode;
  // What moves is encoded, and may be run, as before.
  const made = {
    form: left?.kind === "text" ? left.form : UTF8,
    ...(mode !== undefined && { mode }),
  };
  for (const { path, before, changes, isRemoved } of plan.files) {
    const found = await files.read(path, signal);
    const now = found.kind === "text" ? found.text : undefined;
    if (now !== before || (found.kind !== "text" && found.kind !== "absent"))
      return refused("stale", `"${path}" changed while this was planned. Try again.`);
    const after = isRemoved ? undefined : withChanges(before ?? "", changes);
    all.push({ path, before, after, ...(found.kind === "text" ? { form: found.form } : made) });
  }
  return all;
}
