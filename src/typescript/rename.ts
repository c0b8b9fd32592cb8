import ts from "typescript-js";
import { type FilePlan, type Refusal, refused } from "../refactor/plan.ts";
import { spelled } from "../refactor/spelling.ts";
import type { TypedRename, TypedRequest } from "../refactor/typed.ts";
import { withChanges } from "../text/changes.ts";
import { isWithin } from "../text/paths.ts";
import { dependents } from "./dependents.ts";
import type { Disk } from "./disk.ts";
import { type Project, projectOf } from "./project.ts";
import { untypedUse } from "./untyped-use.ts";

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

/** A place of the old name, and what is written there. */
interface Renamed {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly behind: string;
}

/**
 * What the compiler would change to give a name another spelling; refused where it is not certain that this is all:
 * where the name is used on something whose type is not known, where it would meet another of the new name, and where
 * there would be errors that there are not now.
 */
export function typedRename(request: TypedRequest, disk: Disk, libraries: string): TypedRename | Refusal {
  const { file, at, others, all, root } = request;
  const texts = new Map([...others, file].map((it) => [it.path, it.text]));
  const isWhole = all.length <= MAX_FILES;
  const roots = [...new Set([...texts.keys(), ...(isWhole ? all : [])])];
  const project = projectOf({ disk, libraries, roots, file: file.path, top: root });
  project.show(texts);
  const places = placesOf(request, project, texts);
  if ("code" in places) return places;
  const old = file.text.slice(at, endOf(request, places));
  const name = spelled(old, request.name);
  const lookedUp = [old, name].find((it) => LOOKED_UP.has(it));
  if (lookedUp !== undefined)
    return refused("rename.protocol", `"${lookedUp}" has a meaning of its own to the language.`);
  const program = project.program();
  const uncertain = untypedUse(old, [...texts.keys()], places, program);
  if (uncertain) return uncertain;
  const affected = dependents([...new Set(places.map((it) => it.path))], program).filter((it) =>
    isOwn(it, root),
  );
  const files = plansOf(places, name, texts);
  const after = new Map([
    ...texts,
    ...files.map((it) => [it.path, withChanges(it.before ?? "", it.changes)] as const),
  ]);
  project.show(after);
  const trouble = meeting(places, { file, at, name }, project) ?? newErrors(affected, project, texts, after);
  if (trouble) return trouble;
  const unseen = `More than ${MAX_FILES} source files: those without the word "${old}" were not looked at.`;
  return { kind: "typed", files, warnings: isWhole ? [] : [unseen] };
}

function isOwn(path: string, root: string): boolean {
  return isWithin(path, root) && !path.includes("/node_modules/");
}

function endOf({ at, file }: TypedRequest, places: readonly Renamed[]): number {
  return places.find((it) => it.path === file.path && it.from === at)?.to ?? at;
}

function placesOf(
  { file, at, root }: TypedRequest,
  { service }: Project,
  texts: ReadonlyMap<string, string>,
): readonly Renamed[] | Refusal {
  const info = service.getRenameInfo(file.path, at, { allowRenameOfImportPath: false });
  if (!info.canRename) return refused("rename.types", `${ended(info.localizedErrorMessage)}`);
  const found = located(service, file.path, at);
  const strange = found.find((it) => !texts.has(it.path));
  if (strange) return refused("rename.elsewhere", elsewhere(strange.path, root));
  return found.some((it) => it.path === file.path && it.from === at)
    ? found
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

function located(service: ts.LanguageService, path: string, at: number): readonly Renamed[] {
  const preferences = { providePrefixAndSuffixTextForRename: true };
  const found = service.findRenameLocations(path, at, false, false, preferences) ?? [];
  return found.map(({ fileName, textSpan: { start, length }, prefixText = "", suffixText = "" }) => ({
    path: fileName,
    from: start,
    to: start + length,
    before: prefixText,
    behind: suffixText,
  }));
}

function plansOf(
  places: readonly Renamed[],
  name: string,
  texts: ReadonlyMap<string, string>,
): readonly FilePlan[] {
  const paths = [...new Set(places.map((it) => it.path))];
  return paths.map((path) => {
    const changes = inFile(places, path).map(({ from, to, before, behind }) => ({
      from,
      to,
      text: `${before}${name}${behind}`,
    }));
    return { path, before: texts.get(path), changes };
  });
}

function inFile(places: readonly Renamed[], path: string): readonly Renamed[] {
  return places.filter((it) => it.path === path).toSorted((a, b) => a.from - b.from);
}

/** Afterwards the new name must stand at these places and at no others: else it has met another one, or lost some. */
function meeting(
  places: readonly Renamed[],
  { file, at, name }: Pick<TypedRequest, "file" | "at" | "name">,
  { service }: Project,
) {
  const now = new Set<string>();
  let start = at;
  for (const path of new Set(places.map((it) => it.path))) {
    let shift = 0;
    for (const { from, to, before, behind } of inFile(places, path)) {
      const moved = from + shift + before.length;
      now.add(`${path} ${moved}`);
      if (path === file.path && from === at) start = moved;
      shift += before.length + name.length + behind.length - (to - from);
    }
  }
  const found = new Set(located(service, file.path, start).map((it) => `${it.path} ${it.from}`));
  return found.size === now.size && [...now].every((it) => found.has(it))
    ? undefined
    : refused("rename.meets", `"${name}" would become one with another "${name}", or come apart.`);
}

function newErrors(
  paths: readonly string[],
  project: Project,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Refusal | undefined {
  const now = paths
    .map((path) => ({ path, errors: errorsIn(path, project) }))
    .filter((it) => it.errors.length > 0);
  if (now.length === 0) return undefined;
  project.show(before);
  const was = new Map(now.map(({ path }) => [path, errorsIn(path, project)]));
  project.show(after);
  for (const { path, errors } of now) {
    const fresh = errors.find(({ code }) => countOf(code, errors) > countOf(code, was.get(path) ?? []));
    if (fresh)
      return refused(
        "rename.types",
        `"${path}" would have an error then: ${ended(ts.flattenDiagnosticMessageText(fresh.messageText, " "))}`,
      );
  }
  return undefined;
}

function errorsIn(path: string, { service }: Project): readonly ts.Diagnostic[] {
  return service.getSemanticDiagnostics(path).filter((it) => it.category === ts.DiagnosticCategory.Error);
}

function countOf(code: number, errors: readonly ts.Diagnostic[]): number {
  return errors.filter((it) => it.code === code).length;
}
