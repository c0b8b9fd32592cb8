import ts from "typescript-js";
import { type FilePlan, type Refusal, refused } from "../refactor/plan.ts";
import { spelled } from "../refactor/spelling.ts";
import type { TypedRename, TypedRequest } from "../refactor/typed.ts";
import { withChanges } from "../text/changes.ts";
import { isWithin } from "../text/paths.ts";
import { dependents } from "./dependents.ts";
import type { Disk } from "./disk.ts";
import { objectsBehind } from "./objects-behind.ts";
import { movedPlaces, type NamePlace, placeBefore, placesAt, plansFor } from "./places.ts";
import { type Project, projectOf } from "./project.ts";
import { textsWith, untypedUse } from "./untyped-use.ts";

/** More files are not read for one name; then only those that have it. */
const MAX_FILES = 2_000;

/**
 * Names that the language or the browser looks up by themselves, whatever the types say: ECMA-262 (Object.prototype,
 * SerializeJSONProperty, promise resolution) and the reactions of custom elements (HTML standard).
 */
const LOOKED_UP = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "toJSON",
  "then",
  "prototype",
  "connectedCallback",
  "disconnectedCallback",
  "adoptedCallback",
  "connectedMoveCallback",
  "attributeChangedCallback",
]);

/** How often objects that are used as what is renamed may be found, since those before them are. */
const MAX_ROUNDS = 3;

/**
 * What the compiler would change to give a name another spelling, and in objects that are written without a type and
 * used as one that has it; refused where it is not certain that this is all: where the name is used on something whose
 * type is not known, where it would meet another of the new name, and where there would be errors that there are not now.
 */
export function typedRename(request: TypedRequest, disk: Disk, libraries: string): TypedRename | Refusal {
  const { file, at, others, all, root, isForPlaces = false } = request;
  const texts = new Map([...others, file].map((it) => [it.path, it.text]));
  const isWhole = all.length <= MAX_FILES && !isForPlaces;
  const roots = [...new Set([...texts.keys(), ...(isWhole ? all : [])])];
  const project = projectOf({ disk, libraries, roots, file: file.path, top: root });
  project.show(texts);
  const first = firstPlaces(request, project, texts);
  if ("code" in first) return first;
  const old = file.text.slice(at, first[0]?.to);
  const name = spelled(old, request.name);
  const lookedUp = [old, name].find((it) => LOOKED_UP.has(it));
  if (lookedUp !== undefined)
    return refused("rename.protocol", `"${lookedUp}" has a meaning of its own to the language.`);
  if (isForPlaces) return onlyPlaces(first, old, name, texts, project);
  const done = withObjects(first, { old, name, root, texts, project });
  if ("code" in done) return done;
  const unseen = `More than ${MAX_FILES} source files: those without the word "${old}" were not looked at.`;
  return { kind: "typed", files: done.files, warnings: [...done.warnings, ...(isWhole ? [] : [unseen])] };
}

function onlyPlaces(
  places: readonly NamePlace[],
  old: string,
  name: string,
  texts: ReadonlyMap<string, string>,
  project: Project,
): TypedRename | Refusal {
  const uncertain = untypedUse(old, [...texts.keys()], places, project.program());
  return uncertain ?? { kind: "typed", files: plansFor(places, name, texts), warnings: [] };
}

/** What is renamed, where. */
interface Renaming {
  readonly old: string;
  readonly name: string;
  readonly root: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly project: Project;
}

/** The places, and those in objects without which there would be errors; refused where these do not do either. */
function withObjects(
  first: readonly NamePlace[],
  it: Renaming,
): { readonly files: readonly FilePlan[]; readonly warnings: readonly string[] } | Refusal {
  const { texts, project, old } = it;
  let groups = [first];
  for (let round = 0; ; round++) {
    const places = groups.flat();
    const uncertain = untypedUse(old, [...texts.keys()], places, project.program());
    if (uncertain) return uncertain;
    const files = plansFor(places, it.name, texts);
    const trouble = troubleWith(groups, files, it);
    if (!trouble) {
      const along = groups.slice(1).flatMap((group) => joined(group, it));
      return { files, warnings: [...along, ...textsWith(old, [...texts.keys()], places, project.program())] };
    }
    const more = round < MAX_ROUNDS ? objectsAt(trouble.objects, places, it) : [];
    if (more.length === 0) return trouble.refusal;
    groups = [...groups, ...more];
  }
}

function joined(group: readonly NamePlace[], { texts, old }: Renaming): readonly string[] {
  const [{ path, from } = { path: "", from: 0 }] = group;
  const line = (texts.get(path) ?? "").slice(0, from).split("\n").length;
  return [`An object in line ${line} of "${path}" is used as one that has "${old}", and is changed, too.`];
}

/** Where something is written. */
interface Spot {
  readonly path: string;
  readonly from: number;
}

/** What is in the way of it, and where the objects are written that are. */
function troubleWith(
  groups: readonly (readonly NamePlace[])[],
  files: readonly FilePlan[],
  { texts, project, old, name, root }: Renaming,
): { readonly refusal: Refusal; readonly objects: readonly Spot[] } | undefined {
  const all = groups.flat();
  const paths = files.map((it) => it.path);
  const affected = dependents(paths, project.program()).filter((it) => isOwn(it, root));
  const changed = files.map((it) => [it.path, withChanges(it.before ?? "", it.changes)] as const);
  const after = new Map([...texts, ...changed]);
  project.show(after);
  try {
    if (groups.some((group) => hasMet(group, all, name, project)))
      return {
        refusal: refused("rename.meets", `"${name}" would become one with another "${name}", or come apart.`),
        objects: [],
      };
    const errors = newErrors(affected, project, texts, after);
    const checker = project.program().getTypeChecker();
    const objects = errors
      .flatMap((it) => objectsBehind(it, old, checker))
      .map(({ path, from }) => ({ path, from: placeBefore(path, from, all, name) }));
    const [error] = errors;
    return error && { refusal: refusalFor(error), objects };
  } finally {
    project.show(texts);
  }
}

function refusalFor({ file, messageText }: ts.Diagnostic): Refusal {
  const sentence = ended(ts.flattenDiagnosticMessageText(messageText, " "));
  return refused("rename.types", `"${file?.fileName}" would have an error then: ${sentence}`);
}

/** The places of members in objects that are written there, object by object. */
function objectsAt(
  spots: readonly Spot[],
  known: readonly NamePlace[],
  { texts, project }: Renaming,
): readonly (readonly NamePlace[])[] {
  const seen = new Set(known.map((it) => `${it.path} ${it.from}`));
  const groups: (readonly NamePlace[])[] = [];
  for (const { path, from } of spots) {
    if (seen.has(`${path} ${from}`) || !texts.has(path)) continue;
    const group = placesAt(project.service, path, from);
    if (group.length === 0 || group.some((it) => !texts.has(it.path))) continue;
    for (const it of group) seen.add(`${it.path} ${it.from}`);
    groups.push(group);
  }
  return groups;
}

function isOwn(path: string, root: string): boolean {
  return isWithin(path, root) && !path.includes("/node_modules/");
}

/** The places of the name, the one that was asked about first. */
function firstPlaces(
  { file, at, root }: TypedRequest,
  { service }: Project,
  texts: ReadonlyMap<string, string>,
): readonly NamePlace[] | Refusal {
  const info = service.getRenameInfo(file.path, at, { allowRenameOfImportPath: false });
  if (!info.canRename) return refused("rename.types", `${ended(info.localizedErrorMessage)}`);
  const found = placesAt(service, file.path, at);
  const strange = found.find((it) => !texts.has(it.path));
  if (strange) return refused("rename.elsewhere", elsewhere(strange.path, root));
  const own = found.find((it) => it.path === file.path && it.from === at);
  return own
    ? [own, ...found.filter((it) => it !== own)]
    : refused("rename.types", "The compiler does not count this place among those of the name.");
}

function ended(sentence: string): string {
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

/** Which file that is, is said only of a package: others may be hidden ones. */
function elsewhere(path: string, root: string): string {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (name !== undefined) return `It is a name of the package "${name}", too.`;
  return isWithin(path, root)
    ? "A file that may not be read, or was not found by the name, has it, too."
    : "It is a name of the language's own library, or of a file outside, too.";
}

/** Afterwards the new name must stand at these places and at no others: else it has met another one, or lost some. */
function hasMet(
  group: readonly NamePlace[],
  all: readonly NamePlace[],
  name: string,
  { service }: Project,
): boolean {
  const wanted = movedPlaces(group, all, name);
  const [start] = wanted;
  const found = start === undefined ? [] : placesAt(service, start.path, start.from);
  const keys = new Set(found.map((it) => `${it.path} ${it.from}`));
  return keys.size !== wanted.length || !wanted.every((it) => keys.has(`${it.path} ${it.from}`));
}

/** Errors that there were not before. */
function newErrors(
  paths: readonly string[],
  project: Project,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly ts.Diagnostic[] {
  const wrong = paths.filter((path) => errorsIn(path, project).length > 0);
  if (wrong.length === 0) return [];
  project.show(before);
  const was = new Map(wrong.map((path) => [path, errorsIn(path, project)]));
  project.show(after);
  return wrong.flatMap((path) => {
    const now = errorsIn(path, project);
    return now.filter(({ code }) => countOf(code, now) > countOf(code, was.get(path) ?? []));
  });
}

function errorsIn(path: string, { service }: Project): readonly ts.Diagnostic[] {
  return service.getSemanticDiagnostics(path).filter((it) => it.category === ts.DiagnosticCategory.Error);
}

function countOf(code: number, errors: readonly ts.Diagnostic[]): number {
  return errors.filter((it) => it.code === code).length;
}
