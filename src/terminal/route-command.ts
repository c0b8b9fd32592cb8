import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { BadRequest, type Dialect } from "../gateway/dialect.ts";
import { dialects } from "../gateway/dialects/all.ts";
import { askerOf, lazySignals } from "../gateway/signals.ts";
import type { JsonObject } from "../model/conversation.ts";
import type { Router } from "../model/router.ts";
import type { Decision } from "../model/routing/decide.ts";
import { standing } from "../model/routing/health.ts";
import { homeOf } from "../node/home-of.ts";
import { messageOf } from "../std/error-message.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { flagsIn } from "./flags-in.ts";
import { terminalRouter } from "./host.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { readPerson } from "./person.ts";
import { ROUTE_USAGE } from "./usage.ts";

/** `wheelhouse route explain`: where a request would go, and why, without asking anybody. Resolves with the exit code. */
export async function routeCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, env, cwd } = console;
  const flags = flagsIn(argv, ["request", "settings", "dialect", "config"], ["json"]);
  const file = typeof flags === "string" ? undefined : flags.values.get("request");
  if (typeof flags !== "string" && flags.help) {
    stdout.write(`${ROUTE_USAGE}\n`);
    return EXIT.success;
  }
  if (typeof flags === "string" || flags.words.join(" ") !== "explain" || file === undefined) {
    stderr.write(`${typeof flags === "string" ? `wheelhouse: ${flags}\n` : ""}${ROUTE_USAGE}\n`);
    return EXIT.usage;
  }
  const given = { ...NO_OVERRIDES, settings: flags.values.get("settings") ?? flags.values.get("config") };
  const { settings, problems } = await readPerson(homeOf(env), cwd, given, []);
  for (const it of problems) stderr.write(`${visible(it)}\n`);
  const router = terminalRouter(settings, env, {});
  try {
    const text = file === "-" ? await inputText(console) : await readFile(resolve(cwd, file), "utf8");
    const explained = explain(router, requestIn(text, flags.values.get("dialect")));
    stdout.write(flags.switches.has("json") ? `${JSON.stringify(explained)}\n` : visible(words(explained)));
    return explained.targets.length > 0 ? EXIT.success : EXIT.failed;
  } catch (error) {
    stderr.write(`wheelhouse: ${messageOf(error)}\n`);
    return error instanceof BadRequest ? EXIT.usage : EXIT.failed;
  } finally {
    await router.close();
  }
}

async function inputText({ stdin }: Console): Promise<string> {
  let text = "";
  for await (const piece of stdin) text += String(piece);
  return text;
}

interface Request {
  readonly dialect: Dialect;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
}

/** The body of a request, or `{headers, body}`; the dialect is told by its shape where nobody names it. */
function requestIn(text: string, named: string | undefined): Request {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new BadRequest("the request must be a JSON object");
  const whole = value as JsonObject;
  const inner = whole["body"];
  const isWrapped = typeof inner === "object" && inner !== null && !Array.isArray(inner);
  const body = isWrapped ? (inner as JsonObject) : whole;
  const headers = isWrapped ? (whole["headers"] as Record<string, string> | undefined) : undefined;
  const name = named ?? ("contents" in body ? "gemini" : "input" in body ? "openai-responses" : "anthropic");
  const dialect = dialects.find((it) => it.name === name);
  if (dialect === undefined)
    throw new BadRequest(`--dialect is one of ${dialects.map((it) => it.name).join(", ")}`);
  return { dialect, body, headers: headers ?? {} };
}

/** Why a request goes where. */
interface Explained extends Decision {
  readonly tokens: number;
  readonly keys: readonly {
    readonly target: string;
    readonly key: string;
    readonly label: string;
    readonly state: string;
  }[];
}

function explain(router: Router, { dialect, body, headers }: Request): Explained {
  const call = { method: "POST", path: "", query: new URLSearchParams(), headers, body: "" };
  const request = () => dialect.decode(body, call);
  const named = body["model"];
  const model = typeof named === "string" ? named : request().model;
  const asking = { call, dialect, body, model, isStream: false, request };
  const signals = lazySignals(asking, askerOf(call, dialect, { name: "" }));
  const decision = router.decide(signals);
  const keys = decision.targets.flatMap((target) => {
    const opened = router.providers.find((it) => it.setting.name === target.provider);
    return (opened?.pool.instances ?? []).map((it) => {
      const stands = standing(it.health, target.model, Date.now());
      const state =
        typeof stands === "string" ? stands : `not now: ${it.health.reason || `has no ${target.model}`}`;
      return { target: `${target.provider}/${target.model}`, key: it.id, label: it.label, state };
    });
  });
  return { ...decision, tokens: signals.tokens(), keys };
}

function words({ category, why, targets, keys, tokens }: Explained): string {
  const lines = targets.map(({ provider, model }, index) => {
    const own = keys
      .filter((it) => it.target === `${provider}/${model}`)
      .map((it) => `    ${it.key} (${it.label}): ${it.state}\n`);
    return `  ${index + 1}. ${provider}/${model}\n${own.join("")}`;
  });
  const nobody = lines.length === 0 ? "  nobody serves it\n" : "";
  return `Category: ${category}\nBecause:  ${why}\nTokens:   about ${tokens}\nAsked in this order:\n${lines.join("")}${nobody}`;
}
