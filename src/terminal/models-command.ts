import { classify } from "../model/classify.ts";
import type { ModelInfo } from "../model/provider.ts";
import type { OpenedProvider } from "../model/routing/candidates.ts";
import { sentenceOf } from "../model/sentence.ts";
import { homeOf } from "../node/home-of.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn } from "./flags-in.ts";
import { terminalRouter } from "./host.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { readPerson } from "./person.ts";
import { costLine } from "./prices.ts";
import { MODELS_USAGE } from "./usage.ts";

/** How long a vendor may take to list its models, in milliseconds. */
const LIST_MS = 15_000;

/** `wheelhouse models list|test`: which models there are, and whether each key reaches its vendor. Resolves with the exit code. */
export async function modelsCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, env, cwd } = console;
  const flags = flagsIn(argv, ["settings"], ["json"]);
  if (typeof flags === "string" || (!flags.help && !["list", "test"].includes(flags.words[0] ?? ""))) {
    stderr.write(`${typeof flags === "string" ? `wheelhouse: ${flags}\n` : ""}${MODELS_USAGE}\n`);
    return EXIT.usage;
  }
  if (flags.help) {
    stdout.write(`${MODELS_USAGE}\n`);
    return EXIT.success;
  }
  const given = { ...NO_OVERRIDES, settings: flags.values.get("settings") };
  const { settings, problems } = await readPerson(homeOf(env), cwd, given, []);
  for (const it of problems) stderr.write(`${visible(it)}\n`);
  const router = terminalRouter(settings, env, {});
  try {
    const json = flags.switches.has("json");
    const print = (value: unknown, text: string) =>
      void stdout.write(json ? `${JSON.stringify(value)}\n` : visible(text));
    if (flags.words[0] === "list") {
      const models = await router.models(AbortSignal.timeout(LIST_MS));
      print({ models, keys: router.providers.flatMap(states) }, listed(models, router.providers));
      return EXIT.success;
    }
    const results = await Promise.all(router.providers.flatMap(testsOf));
    print(
      { results },
      results
        .map((it) => `${it.works ? "ok     " : "PROBLEM"} ${it.key} (${it.label}): ${it.says}\n`)
        .join(""),
    );
    return results.every((it) => it.works) ? EXIT.success : EXIT.failed;
  } finally {
    await router.close();
  }
}

interface State {
  readonly key: string;
  readonly label: string;
  readonly state: string;
  readonly reason: string;
}

function states({ pool }: OpenedProvider): readonly State[] {
  return pool.instances.map(({ id, label, health }) => ({
    key: id,
    label,
    state: health.state,
    reason: health.reason,
  }));
}

function listed(models: readonly ModelInfo[], providers: readonly OpenedProvider[]): string {
  return providers
    .map((it) => {
      const head = `${it.setting.name} (${it.type.type})\n`;
      if (it.type.absent !== undefined) return `${head}  ${it.type.absent}\n`;
      const own = models.filter((model) => model.provider === it.setting.name);
      const keys = states(it).map(
        (key) => `    ${key.key} ${key.label}: ${key.state}${key.reason ? ` (${key.reason})` : ""}\n`,
      );
      const lines = own.map(
        (model) => `  ${model.id.padEnd(34)} ${costLine(model)}${model.note ? `\n    ${model.note}` : ""}\n`,
      );
      return `${head}${lines.join("")}${keys.join("")}`;
    })
    .join("\n");
}

interface Result {
  readonly key: string;
  readonly label: string;
  readonly works: boolean;
  readonly says: string;
}

/** Asks with each key whether the vendor takes it; a key that works is taken back into its pool. */
function testsOf(opened: OpenedProvider): readonly Promise<Result>[] {
  if (opened.type.absent !== undefined) return [];
  return opened.ways.map(async (way, index) => {
    const instance = opened.pool.instances[index];
    const about = { key: instance?.id ?? "", label: instance?.label ?? "" };
    const tested = await testKey(opened, way);
    if (tested === undefined) opened.pool.restore(about.key);
    return { ...about, works: tested === undefined, says: tested ?? "the vendor answers" };
  });
}

/** What is wrong with a key; `undefined`: nothing. */
async function testKey(
  { type, setting }: OpenedProvider,
  way: OpenedProvider["ways"][number],
): Promise<string | undefined> {
  const { wired } = type;
  if (wired?.wire.list === undefined) return undefined;
  const key = await way.key();
  if (key === undefined && wired.keysIn.length > 0) return `there is no key: set ${wired.keysIn[0]}`;
  const address = `${setting.baseUrl ?? wired.address}${wired.wire.list.path}`;
  const headers = key === undefined ? {} : wired.wire.authorize(key);
  try {
    const answer = await fetch(address, {
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(LIST_MS),
    });
    if (answer.ok) return undefined;
    const body = await answer.text();
    const failure = wired.wire.failure({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body,
    });
    return sentenceOf(failure, { model: setting.name });
  } catch (error) {
    return sentenceOf(classify(error), { model: setting.name });
  }
}
