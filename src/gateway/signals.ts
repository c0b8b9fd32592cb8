import { recordOf, textOf } from "../model/record.ts";
import { type Asker, type Signals, signalsOf } from "../model/routing/signals.ts";
import type { Asking } from "./ask.ts";
import { BadRequest, type Dialect } from "./dialect.ts";
import type { Client, GatewayRequest } from "./exchange.ts";

/** Longest name of a model, a session or a project: they are kept, and clients may send whatever they like. */
export const LONGEST_NAME = 1_000;

/**
 * Who asks, from the headers that clients send of themselves; what is set for its key goes before them. Throws
 * `BadRequest` for a project whose name is too long.
 */
export function askerOf(
  { headers }: GatewayRequest,
  dialect: Dialect,
  client: Pick<Client, "name" | "project">,
): Asker {
  const project = client.project ?? headers["x-wheelhouse-project"] ?? "";
  if (project.length > LONGEST_NAME)
    throw new BadRequest(`x-wheelhouse-project: must not be longer than ${LONGEST_NAME} characters`);
  return {
    pinned: false,
    category: headers["x-wheelhouse-category"],
    subagent: headers["x-claude-code-agent-id"] !== undefined,
    client: dialect.name,
    session:
      headers["x-claude-code-session-id"] ?? headers["x-wheelhouse-session"] ?? headers["session_id"] ?? "",
    user: client.name,
    project,
  };
}

/** The signals of a request, of which only what a decision asks for is worked out. */
export function lazySignals(asking: Asking, asker: Asker): Signals {
  const { body } = asking;
  const session =
    asker.session ||
    (textOf(body["prompt_cache_key"]) ?? textOf(recordOf(body["metadata"])["user_id"]) ?? "");
  // What is no name is none: it would only keep the requests of a session together.
  const name = session.length > LONGEST_NAME ? "" : session;
  return new LazySignals(asking, asker, name, asking.model || asking.request().model);
}

/** A class, since an object with getters would be built anew, with each of them, for every request. */
class LazySignals implements Signals {
  readonly model: string;
  readonly pinned: boolean;
  readonly category: string | undefined;
  readonly subagent: boolean;
  readonly client: string;
  readonly session: string;
  readonly user: string;
  readonly project: string;
  readonly tokens = () => this.#all().tokens();
  /** No estimate counts a character of the body as more than a token. */
  readonly mostTokens: number;
  readonly #asking: Asking;
  #whole: Signals | undefined;

  constructor(asking: Asking, asker: Asker, session: string, model: string) {
    this.model = model;
    this.pinned = asker.pinned;
    this.category = asker.category;
    this.subagent = asker.subagent;
    this.client = asker.client;
    this.session = session;
    this.user = asker.user;
    this.project = asker.project;
    this.#asking = asking;
    this.mostTokens = asking.call.body.length;
  }

  get thinking(): boolean {
    return this.#all().thinking;
  }

  get search(): boolean {
    return this.#all().search;
  }

  get images(): boolean {
    return this.#all().images;
  }

  get tools(): readonly string[] {
    return this.#all().tools;
  }

  #all(): Signals {
    this.#whole ??= signalsOf(this.#asking.request(), this);
    return this.#whole;
  }
}
