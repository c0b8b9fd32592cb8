import type { RefactorRequest } from "../refactor/engine.ts";
import type { Plan, Refusal } from "../refactor/plan.ts";
import type { Options } from "../refactor/refactoring.ts";
import type { RefactorPorts } from "./refactor-files.ts";
import { filesWith, rootOf, sourcesBelow } from "./related-files.ts";

/** To tell types that are only written down may take so long. */
const TYPES_MS = 10_000;
/** A class whose page is another file (https://angular.dev/api/core/Component). */
const TEMPLATE = /\btemplateUrl\b/;

/** Plans again with the types of what would have none, where these can be told soon. */
export async function withToldTypes(
  id: string,
  plan: Plan,
  request: RefactorRequest,
  given: Options,
  folder: string,
  { types, files, refactorer }: RefactorPorts,
  signal: AbortSignal,
): Promise<Plan | Refusal> {
  const { file } = request;
  const { untold: at = [] } = plan;
  if (at.length === 0 || !types?.knows(file.path)) return plan;
  const limit = AbortSignal.timeout(TYPES_MS);
  try {
    const root = await rootOf(file.path, folder, files);
    const told = await types.types({ file, at, root }, AbortSignal.any([signal, limit]));
    if (told.length === 0) return plan;
    const better = await refactorer.plan(id, { ...request, told }, given, signal);
    return better.kind === "plan" ? better : plan;
  } catch (error) {
    if (!limit.aborted) throw error;
    signal.throwIfAborted();
    return plan;
  }
}

/** Plans by what types tell, with the files that have the name. */
export async function withTypes(
  id: string,
  lacking: Refusal,
  request: RefactorRequest,
  given: Options,
  folder: string,
  ports: RefactorPorts,
  signal: AbortSignal,
): Promise<Plan | Refusal> {
  const { file } = request;
  const { from: at, to } = lacking;
  const name = lacking.another ?? given.name;
  if (name === undefined || at === undefined || !ports.types?.knows(file.path)) return lacking;
  const words = [file.text.slice(at, to)];
  const others = await filesWith({ words, modules: [] }, file, folder, ports, signal);
  if (typeof others === "string") return { ...lacking, reason: `${lacking.reason} (${others})` };
  const template = [file, ...others].find((it) => TEMPLATE.test(it.text));
  if (template)
    return { ...lacking, reason: `${lacking.reason} ("${template.path}" has a page that may use it)` };
  const root = await rootOf(file.path, folder, ports.files);
  const all = await sourcesBelow(root, file.path, ports, signal);
  const { isForPlaces = false } = request;
  const typed = await ports.types.rename({ file, at, name, others, all, root, isForPlaces }, signal);
  if (typed.kind === "refused") return typed;
  const changed = others.filter((it) => typed.mayMiss || typed.files.some((at) => at.path === it.path));
  return ports.refactorer.plan(id, { ...request, others: changed, typed }, given, signal);
}
