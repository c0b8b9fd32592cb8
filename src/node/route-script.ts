import { createRequire } from "node:module";
import { recordOf } from "../model/record.ts";
import type { RouteScript } from "../model/routing/decide.ts";
import type { Signals } from "../model/routing/signals.ts";
import { messageOf } from "../std/error-message.ts";

/**
 * The function that a file exports (`module.exports = …`, `export default …`). It is the person's own code and runs with
 * their rights. What is wrong with it is said once for each sentence; then the rules decide, as if there were none.
 * `undefined` when it cannot be loaded. It is loaded anew only with a new process.
 */
export function loadRouteScript(path: string, complain: (sentence: string) => void): RouteScript | undefined {
  const said = new Set<string>();
  const once = (sentence: string) => {
    if (!said.has(sentence)) complain(sentence);
    said.add(sentence);
  };
  let loaded: unknown;
  try {
    loaded = createRequire(import.meta.url)(path);
  } catch (error) {
    once(`The router script ${path} cannot be loaded: ${messageOf(error)}`);
    return undefined;
  }
  const route = typeof loaded === "function" ? loaded : recordOf(loaded)["default"];
  if (typeof route !== "function") {
    once(`The router script ${path} exports no function.`);
    return undefined;
  }
  return (signals) => {
    try {
      const answer: unknown = route(plain(signals));
      if (answer === undefined || answer === null || typeof answer === "string") return answer ?? undefined;
      once(`The router script ${path} must answer a text or nothing, not ${typeof answer}.`);
    } catch (error) {
      once(`The router script ${path} failed: ${messageOf(error)}`);
    }
    return undefined;
  };
}

/** What a script is given: plain values, so that it can keep or print them. */
function plain(signals: Signals) {
  const { model, client, session, user, project, category, subagent } = signals;
  const { thinking, search, images, tools } = signals;
  const who = { model, client, session, user, project, category, subagent };
  return { ...who, thinking, search, images, tools, tokens: signals.tokens() };
}
