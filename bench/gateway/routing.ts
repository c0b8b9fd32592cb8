import { STRATEGIES, type Strategy } from "../../src/model/routing/configuration.ts";
import { compileRouting } from "../../src/model/routing/decide.ts";
import { openPool } from "../../src/model/routing/pool.ts";
import { readConfiguration } from "../../src/model/routing/read-configuration.ts";
import { NOBODY } from "../../src/model/routing/signals.ts";
import { type Figure, median } from "../measure.ts";

const MANY = 1_000;
const TIMES = 2_000;
const NO_KEYS: ReadonlySet<string> = new Set();

/** A decision with many rules, and taking one of many keys, by the slowest strategy. */
export function routingFigures(): readonly Figure[] {
  return [
    {
      what: `gateway: a decision by ${MANY.toLocaleString("en")} rules and as many keys, the slowest strategy`,
      measured: Math.max(...STRATEGIES.map(microseconds)),
      limit: 20,
      kind: "at most",
      unit: "µs",
    },
  ];
}

function microseconds(strategy: Strategy): number {
  const rules = Array.from({ length: MANY }, (_, at) => ({ when: ruleOf(at), use: "default" }));
  const { routing, problems } = readConfiguration(
    {
      providers: { vendor: { type: "anthropic", keys: ["k"] } },
      routing: { default: { provider: "vendor", model: "claude-sonnet-5-5" }, rules },
      budget: {},
      limits: {},
    },
    ["anthropic"],
  );
  if (problems.length > 0) throw new Error(problems.join("; "));
  const decide = compileRouting(
    routing,
    (name) => name === "vendor",
    () => [],
  );
  const pool = openPool({
    provider: "vendor",
    labels: Array.from({ length: MANY }, (_, at) => `key ${at}`),
    weights: [],
    strategy,
    sticky: true,
    limits: { requestsPerMinute: 1_000_000 },
    now: () => performance.timeOrigin + performance.now(),
    random: () => 0.5,
    onChanged: () => undefined,
  });
  const tokens = () => 12_000;
  const took: number[] = [];
  for (let at = -TIMES; at < TIMES; at++) {
    const asker = { ...NOBODY, session: `s${at}`, user: `user ${at % MANY}` };
    const signals = { ...asker, model: "claude-x", tokens, ...NOTHING };
    const from = performance.now();
    const target = decide(signals).targets[0];
    const taken = pool.take({ model: target?.model ?? "", session: signals.session, tokens }, NO_KEYS);
    if (at >= 0) took.push((performance.now() - from) * 1000);
    if (!("instance" in taken)) throw new Error(taken.reason);
    taken.succeeded(100 + (at % 7), 10);
  }
  return median(took);
}

const NOTHING = { thinking: false, search: false, images: false, tools: [] };

/** Rules as a company has them: by user, by project, by model, and some that have to be looked at one by one. */
function ruleOf(at: number): object {
  if (at % 4 === 0) return { user: `person ${at}` };
  if (at % 4 === 1) return { project: `project ${at}` };
  if (at % 4 === 2) return { model: `model-${at}-*` };
  return { model: `claude-${at}`, tokensAbove: at };
}
