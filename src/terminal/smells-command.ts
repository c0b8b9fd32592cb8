import { resolve } from "node:path";
import { veil } from "../agent/veil.ts";
import { homeOf } from "../node/home-of.ts";
import { smellSettings } from "../node/smell-limits.ts";
import { jsonReport, linesReport, markdownReport } from "../smells/reports.ts";
import { sarifReport } from "../smells/sarif.ts";
import { isSmellFile } from "../smells/smell-files.ts";
import { type Survey, type SurveyPorts, survey } from "../smells/survey.ts";
import { counted } from "../smells/words.ts";
import { visible } from "../text/visible.ts";
import { VERSION } from "../version.ts";
import { type Console, EXIT } from "./console.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { readPerson } from "./person.ts";
import { type SourceTools, withSourceTools } from "./source-tools.ts";
import { SMELLS_USAGE } from "./usage.ts";

/** Files of a folder that are looked at. */
const MAX_FILES = 10_000;

/** `wheelhouse smells FILE|DIR…`: what smells in files, or in all below folders. Resolves with the exit code. */
export async function smellsCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, cwd, env } = console;
  if (argv.some((it) => it === "--help" || it === "-h")) {
    stdout.write(`${SMELLS_USAGE}\n`);
    return EXIT.success;
  }
  const given = argumentsOf(argv);
  if (typeof given === "string") {
    stderr.write(`${given === SMELLS_USAGE ? given : `wheelhouse: ${given}`}\n`);
    return EXIT.usage;
  }
  return withSourceTools(console, async (tools, signal) => {
    const { settings, problems } = await readPerson(homeOf(env), cwd, NO_OVERRIDES, []);
    for (const it of problems) stderr.write(`wheelhouse: ${visible(it)}\n`);
    const paths = await filesBelow(
      given.paths.map((it) => resolve(cwd, it)),
      cwd,
      tools,
      signal,
    );
    const ports = { read: textsOf(tools.files), finder: tools.outliner.smells };
    const found = await survey(paths, smellSettings(settings), ports, signal);
    stdout.write(REPORTS[given.format](found, cwd));
    if (given.format === "lines") stderr.write(visible(summary(found)));
    return given.fails && found.findings.length > 0 ? EXIT.failed : EXIT.success;
  });
}

const REPORTS = {
  lines: linesReport,
  json: jsonReport,
  markdown: markdownReport,
  sarif: (found: Survey, folder: string) => sarifReport(found, folder, VERSION),
} as const;

interface Arguments {
  readonly paths: readonly string[];
  readonly format: keyof typeof REPORTS;
  readonly fails: boolean;
}

/** The command line read, or a sentence saying what is wrong with it. */
function argumentsOf(argv: readonly string[]): Arguments | string {
  const end = argv.indexOf("--");
  const [before, behind] = end === -1 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  const flags = before.filter((it) => it.startsWith("-"));
  const unknown = flags.find((it) => it !== "--fail" && !FORMATS.has(it));
  if (unknown !== undefined) return `There is no flag ${unknown} here. See wheelhouse smells --help.`;
  const [format = "lines", ...more] = new Set(flags.flatMap((it) => FORMATS.get(it) ?? []));
  if (more.length > 0) return "Only one of --json, --markdown and --sarif can be printed at a time.";
  const paths = [...before.filter((it) => !it.startsWith("-")), ...behind];
  return paths.length === 0 ? SMELLS_USAGE : { paths, format, fails: flags.includes("--fail") };
}

const FORMATS: ReadonlyMap<string, keyof typeof REPORTS> = new Map([
  ["--json", "json"],
  ["--markdown", "markdown"],
  ["--sarif", "sarif"],
] as const);

/** The files named and those below the folders named, each once, in path order; ignored and hidden ones only where they are named. */
async function filesBelow(
  paths: readonly string[],
  cwd: string,
  { files, search }: SourceTools,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const all = new Set<string>();
  for (const path of paths) {
    const found = await files.read(path, signal);
    if (found.kind === "absent") throw new Error(`There is no "${path}".`);
    if (found.kind !== "folder") {
      if (!isSmellFile(path)) throw new Error(`No smells are known in the language of "${path}".`);
      all.add(path);
      continue;
    }
    const below = (await search.files(path, MAX_FILES, signal)).filter(isSmellFile);
    const roots = () => [cwd, path];
    const over = veil({ files, search, roots, platform: process.platform, now: Date.now });
    const hidden = await over.over(below);
    for (const it of below) if (!hidden.paths.has(it)) all.add(it);
  }
  return [...all].toSorted((a, b) => (a < b ? -1 : 1));
}

function textsOf(files: SourceTools["files"]): SurveyPorts["read"] {
  return async (path, signal) => {
    const found = await files.read(path, signal);
    return found.kind === "text" ? found.text : undefined;
  };
}

function summary({ findings, files, skipped, damaged }: Survey): string {
  const left = skipped.map((it) => `wheelhouse: note: ${it.reason}\n`);
  const broken = damaged.map(
    (it) => `wheelhouse: note: "${it}" cannot be parsed everywhere, so not everything was looked for.\n`,
  );
  return [...left, ...broken, `${counted(findings.length, "finding")} in ${counted(files, "file")}.\n`].join(
    "",
  );
}
