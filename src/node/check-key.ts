import { isOfTheWay } from "../model/routing/health.ts";
import type { Checked, HealthCheckParts } from "../model/routing/health-checks.ts";
import { tryList } from "./try-key.ts";

/** How long a vendor may take to list its models, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Asks the vendor of a key for its list of models with that key, which costs nothing; never anything else. */
export const checkKey: HealthCheckParts["check"] = async (opened, index, signal): Promise<Checked> => {
  const way = opened.ways[index];
  if (way === undefined || opened.type.wired?.wire.list === undefined) return "unknown";
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const found = await tryList(opened, way, fetch, within);
  if (typeof found === "string") return "works";
  return found !== undefined && isOfTheWay(found.kind) ? "away" : "reached";
};

/** A timer that keeps no process alive. */
export const laterOn: HealthCheckParts["later"] = (ms, work) => {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
