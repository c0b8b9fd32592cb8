import type { Setting } from "./settings.ts";

function group(description: string): Setting<"object"> {
  return { type: "object", default: {}, reach: "person", description };
}

/** Settings about which models there are, which is asked for what, and what that may cost. */
export const MODEL_SETTINGS = {
  providers: group(
    "Where models are: each entry has a `type` (`anthropic`, `openai`, `openai-chat`, `gemini`, …), `keys` (`env:NAME`, `secret:NAME` or the key itself; several share the work), and if need be `baseUrl`, `models`, `strategy`, `weights` and `limits`. Empty: what the keys in the environment and the secret storage reach.",
  ),
  routing: group(
    "Which model is asked for what: `default`, `background`, `thinking`, `longcontext`, `search` and categories of your own, each with `provider`, `model` and a list `fallback`; and `rules`. Empty: each model where it is served.",
  ),
  budget: group(
    "Dollars after which nothing is sent any more: `perTask`, `perDay`, `perMonth`, `perProject`, `perKey`, `total`. From the part `warnAt` (0.8) on you are warned.",
  ),
  limits: group(
    "Most requests and tokens within a minute, an hour or a day, and at one time: `perUser` and `perProject` for each, `users` and `projects` for those that a pattern names. Empty: none but those of keys and clients.",
  ),
  server: group(
    "The model gateway: `host`, `port`, `keys` that its clients have, `tls` with the files `cert` and `key`, `limits` of each client, `responseCache`, and `healthChecks` of keys that are out.",
  ),
} as const satisfies Record<string, Setting>;
