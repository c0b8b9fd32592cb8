import { relativeTo } from "../text/paths.ts";
import type { Finding, Spot } from "./finding.ts";
import type { SmellInfo } from "./smell.ts";
import type { Survey } from "./survey.ts";

/**
 * What was found as a SARIF log ("Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS Standard).
 * Files are named from `folder`, which a reader knows as `%SRCROOT%`.
 */
export function sarifReport(
  { findings, skipped, damaged, smells }: Survey,
  folder: string,
  version: string,
): string {
  const run = {
    tool: { driver: { name: "Wheelhouse", version, rules: smells.map(ruleOf) } },
    columnKind: "utf16CodeUnits",
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notes() }],
    results: findings.map((it) => resultOf(it, smells, folder)),
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;

  function notes(): readonly object[] {
    const broken = damaged.map((path) => ({
      path,
      reason: "It cannot be parsed everywhere, so not everything was looked for.",
    }));
    return [...skipped, ...broken].map(({ path, reason }) => ({
      level: "note",
      message: { text: reason },
      locations: [{ physicalLocation: { artifactLocation: artifactOf(path, folder) } }],
    }));
  }
}

function ruleOf({ id, title, meaning, level, limits }: SmellInfo): object {
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: meaning },
    defaultConfiguration: { level },
    properties: { limits: limits.map((it) => ({ name: it.name, default: it.default, source: it.source })) },
  };
}

function resultOf(
  { smell, path, message, value, limit, related, ...at }: Finding,
  smells: readonly SmellInfo[],
  folder: string,
): object {
  const ruleIndex = smells.findIndex((it) => it.id === smell);
  return {
    ruleId: smell,
    ruleIndex,
    level: smells[ruleIndex]?.level ?? "warning",
    message: { text: message },
    locations: [{ physicalLocation: physical(path, at, folder) }],
    ...(related && {
      relatedLocations: related.map((it, id) => ({
        id,
        message: { text: it.message },
        physicalLocation: physical(it.path, it, folder),
      })),
    }),
    ...(value !== undefined && { properties: { value, limit } }),
  };
}

function physical(path: string, { line, column, endLine, endColumn }: Spot, folder: string): object {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { artifactLocation: artifactOf(path, folder), region };
}

function artifactOf(path: string, folder: string): object {
  const relative = relativeTo(path, folder);
  if (relative !== undefined) return { uri: encoded(relative), uriBaseId: "%SRCROOT%" };
  return { uri: `file://${encoded(path.replaceAll("\\", "/").replace(/^(?!\/)/, "/"))}` };
}

function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
