import type { Attempt, Ledger } from "../model/ledger.ts";
import type { OpenedProvider } from "../model/routing/candidates.ts";

/** Counters of what a gateway has done, for Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats). */
export interface Metrics {
  /** The ledger, which counts what it records. */
  readonly counting: (ledger: Ledger) => Ledger;
  readonly text: (providers: readonly OpenedProvider[]) => string;
}

const BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

interface Counts extends Pick<Attempt, "provider" | "category"> {
  readonly result: string;
  readonly labels: string;
  attempts: number;
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  cost: number;
  firstSum: number;
  firstCount: number;
  readonly buckets: number[];
}

/** Metrics of one process. */
export function openMetrics(): Metrics {
  const counts = new Map<string, Counts[]>();
  return {
    counting: (ledger) => ({
      record(attempt) {
        count(counts, attempt);
        ledger.record(attempt);
      },
      spent: ledger.spent,
    }),
    text: (providers) => [...families(counts), ...keys(providers), ""].join("\n"),
  };
}

/** Most models that have counters of their own, and the longest name of one: clients may ask for whatever they like. */
const MOST_MODELS = 500;
const LONGEST_MODEL = 200;
/** Where all others are counted. */
const OTHERS = "other";

function count(counts: Map<string, Counts[]>, it: Attempt): void {
  const result = it.failure || "ok";
  const known = counts.get(it.model);
  const hasOwn = known !== undefined || (counts.size < MOST_MODELS && it.model.length <= LONGEST_MODEL);
  const model = hasOwn ? it.model : OTHERS;
  let ofModel = known ?? counts.get(model);
  if (ofModel === undefined) counts.set(model, (ofModel = []));
  // They are few, and comparing is faster than making a text to find one by.
  let one = ofModel.find(
    (known) => known.result === result && known.provider === it.provider && known.category === it.category,
  );
  if (one === undefined) ofModel.push((one = nothing({ ...it, model }, result)));
  one.attempts++;
  one.input += it.usage.input;
  one.output += it.usage.output;
  one.cacheRead += it.usage.cacheRead;
  one.cacheWrite += it.usage.cacheWrite5m + it.usage.cacheWrite1h;
  one.cost += it.cost ?? 0;
  if (it.firstMs === undefined) return;
  const seconds = it.firstMs / 1000;
  one.firstSum += seconds;
  one.firstCount++;
  for (let at = BUCKETS.length - 1; at >= 0 && seconds <= (BUCKETS[at] ?? 0); at--)
    one.buckets[at] = (one.buckets[at] ?? 0) + 1;
}

function nothing({ provider, model, category }: Attempt, result: string): Counts {
  const sums = {
    attempts: 0,
    input: 0,
    output: 0,
    cacheRead: 0,
    cacheWrite: 0,
    cost: 0,
    firstSum: 0,
    firstCount: 0,
  };
  const labels = labelText({ provider, model, category, result });
  return { ...sums, provider, category, result, labels, buckets: BUCKETS.map(() => 0) };
}

function families(counts: ReadonlyMap<string, readonly Counts[]>): readonly string[] {
  const all = [...counts.values()].flat().map((it) => [it.labels, it] as const);
  const family = (name: string, help: string, lines: readonly string[]) => [
    `# HELP wheelhouse_${name} ${help}`,
    `# TYPE wheelhouse_${name} counter`,
    ...lines,
  ];
  const tokens = (labels: string, it: Counts) =>
    (["input", "output", "cacheRead", "cacheWrite"] as const).map(
      (kind) => `wheelhouse_tokens_total{${labels},kind="${kind}"} ${it[kind]}`,
    );
  return [
    ...family(
      "attempts_total",
      "Requests to vendors, and those that the response cache answered.",
      all.map(([labels, it]) => `wheelhouse_attempts_total{${labels}} ${it.attempts}`),
    ),
    ...family(
      "tokens_total",
      "Tokens by class.",
      all.flatMap(([labels, it]) => tokens(labels, it)),
    ),
    ...family(
      "cost_dollars_total",
      "Dollars spent, as far as prices are known.",
      all.map(([labels, it]) => `wheelhouse_cost_dollars_total{${labels}} ${it.cost}`),
    ),
    "# HELP wheelhouse_first_byte_seconds Time to the first byte of an answer.",
    "# TYPE wheelhouse_first_byte_seconds histogram",
    ...all.flatMap(([labels, it]) => histogram(labels, it)),
  ];
}

function histogram(labels: string, it: Counts): readonly string[] {
  const name = "wheelhouse_first_byte_seconds";
  return [
    ...BUCKETS.map((limit, index) => `${name}_bucket{${labels},le="${limit}"} ${it.buckets[index] ?? 0}`),
    `${name}_bucket{${labels},le="+Inf"} ${it.firstCount}`,
    `${name}_sum{${labels}} ${it.firstSum}`,
    `${name}_count{${labels}} ${it.firstCount}`,
  ];
}

function keys(providers: readonly OpenedProvider[]): readonly string[] {
  const lines = providers.flatMap((it) =>
    it.pool.instances.map((one) => {
      const labels = labelText({ provider: it.setting.name, key: one.id, state: one.health.state });
      return `wheelhouse_key_in_flight{${labels}} ${one.inFlight}`;
    }),
  );
  return [
    "# HELP wheelhouse_key_in_flight Requests under way by key, with its state.",
    "# TYPE wheelhouse_key_in_flight gauge",
    ...lines,
  ];
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(
      ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (it) => (it === "\n" ? "\\n" : `\\${it}`))}"`,
    )
    .join(",");
}
