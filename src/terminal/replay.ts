import { openGateway } from "../gateway/gateway.ts";
import type { Transport } from "../model/transport.ts";
import type { CaptureLine } from "../node/capture.ts";
import { homeOf } from "../node/home-of.ts";
import { openTransport } from "../node/transport.ts";
import type { Console } from "./console.ts";
import { terminalRouter } from "./host.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { readPerson } from "./person.ts";

/** How a capture is played again. */
export interface Replay {
  /** Another model, `provider/model`; `undefined`: the recording itself answers in the vendor's place. */
  readonly model: string | undefined;
  readonly settings: string | undefined;
}

/** What the client got when it was captured, and what it gets now. Throws with a sentence when the capture is not whole. */
export async function replayed(
  lines: readonly CaptureLine[],
  { model, settings: given }: Replay,
  { env, cwd }: Console,
): Promise<{ readonly before: string; readonly after: string }> {
  const asked = lines.find((it) => it.kind === "asked");
  if (asked === undefined) throw new Error("The capture does not hold the client's request.");
  const { settings } = await readPerson(homeOf(env), cwd, { ...NO_OVERRIDES, settings: given }, []);
  const router = terminalRouter(settings, env, {});
  const real = openTransport(env);
  const gateway = openGateway({
    router: () => router,
    transport: model === undefined ? recorded(lines) : real.send,
    // Whoever may read captures may ask.
    clientOf: () => ({ name: "replay", wait: () => 0, began: () => undefined, spent: () => undefined }),
    now: () => Math.floor(asked.time / 1000),
    newId: () => "replayed",
    heard: { moved: () => undefined, warned: () => undefined },
    metrics: () => "",
  });
  try {
    const { search, pathname } = new URL(asked.path, "http://gateway");
    const answer = await gateway(
      {
        method: asked.method,
        path: pathname,
        query: new URLSearchParams(search),
        headers: { ...withoutSecrets(asked.headers), authorization: "Bearer replay" },
        body: model === undefined ? asked.body : withModelIn(asked.body, model),
      },
      new AbortController().signal,
    );
    return { before: textsOf(lines, "client"), after: await textOf(answer.body) };
  } finally {
    await real.close();
    await router.close();
  }
}

/** What was masked is no key. */
function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "…"));
}

function withModelIn(body: string, model: string): string {
  return JSON.stringify({ ...(JSON.parse(body) as Record<string, unknown>), model });
}

function textsOf(lines: readonly CaptureLine[], kind: "client" | "vendor"): string {
  return lines.map((it) => (it.kind === kind ? it.text : "")).join("");
}

async function textOf(body: string | AsyncIterable<string | Uint8Array>): Promise<string> {
  if (typeof body === "string") return body;
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of body)
    text += typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
  return text;
}

/** The recording in the vendor's place. */
function recorded(lines: readonly CaptureLine[]): Transport {
  const came = lines.find((it) => it.kind === "came");
  if (came === undefined) throw new Error("The capture holds no answer of a vendor.");
  const bytes = new TextEncoder().encode(textsOf(lines, "vendor"));
  return async () => ({
    status: came.status,
    headers: came.headers,
    body: (async function* () {
      yield bytes;
    })(),
  });
}
