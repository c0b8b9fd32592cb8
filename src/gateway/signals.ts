import { recordOf, textOf } from "../model/record.ts";
import { type Asker, type Signals, signalsOf } from "../model/routing/signals.ts";
import type { Asking } from "./ask.ts";
import type { Dialect } from "./dialect.ts";
import type { GatewayRequest } from "./exchange.ts";

/** Who asks, from the headers that clients send of themselves. */
export function askerOf({ headers }: GatewayRequest, dialect: Dialect, client: string): Asker {
  return {
    pinned: false,
    category: headers["x-wheelhouse-category"],
    subagent: headers["x-claude-code-agent-id"] !== undefined,
    client: dialect.name,
    session:
      headers["x-claude-code-session-id"] ?? headers["x-wheelhouse-session"] ?? headers["session_id"] ?? "",
    user: client,
    project: headers["x-wheelhouse-project"] ?? "",
  };
}

/** The signals of a request, of which only what a decision asks for is worked out. */
export function lazySignals(asking: Asking, asker: Asker): Signals {
  const { body } = asking;
  let whole: Signals | undefined;
  const all = () => (whole ??= signalsOf(asking.request(), asker));
  const session =
    asker.session ||
    (textOf(body["prompt_cache_key"]) ?? textOf(recordOf(body["metadata"])["user_id"]) ?? "");
  return {
    ...asker,
    session,
    model: asking.model || asking.request().model,
    tokens: () => all().tokens(),
    get thinking() {
      return all().thinking;
    },
    get search() {
      return all().search;
    },
    get images() {
      return all().images;
    },
    get tools() {
      return all().tools;
    },
  };
}
