import type { OpenedProvider } from "../model/routing/candidates.ts";
import type { Target } from "../model/routing/configuration.ts";
import { estimatedTokens, type Signals } from "../model/routing/signals.ts";
import type { Asking } from "./ask.ts";
import type { GatewayParts } from "./gateway.ts";
import { wholeText } from "./pass.ts";

/** How long a vendor may take to count, in milliseconds; then it is estimated. */
const COUNT_MS = 300;

/** Tokens of a request's input: counted by the vendor it goes to where that can be had soon, else estimated. */
export async function countTokens(
  { router, transport }: Pick<GatewayParts, "router" | "transport">,
  asking: Asking,
  signals: Signals,
  signal: AbortSignal,
): Promise<number> {
  const { providers, decide } = router();
  const target = decide(signals).targets[0];
  const opened = providers.find((it) => it.setting.name === target?.provider);
  const counted =
    target && opened && (await byVendor(opened, target, asking, transport, signal).catch(() => undefined));
  const { system, tools, messages } = asking.request();
  return counted ?? estimatedTokens([system, tools, messages]);
}

async function byVendor(
  { type, setting, ways }: OpenedProvider,
  target: Target,
  asking: Asking,
  transport: GatewayParts["transport"],
  signal: AbortSignal,
): Promise<number | undefined> {
  const key = await ways[0]?.key();
  const way = type.wired?.wire.count;
  if (type.wired === undefined || way === undefined || key === undefined) return undefined;
  const wireTarget = { model: target.model, info: type.infoOf(target.model), options: setting.options };
  const { path, headers, body } = way.encode({ ...asking.request(), model: target.model }, wireTarget);
  const url = `${setting.baseUrl ?? type.wired.address}${path}`;
  const all = { "content-type": "application/json", ...headers, ...type.wired.wire.authorize(key) };
  const within = AbortSignal.any([signal, AbortSignal.timeout(COUNT_MS)]);
  const answer = await transport({ method: "POST", url, headers: all, body: JSON.stringify(body) }, within);
  return answer.status === 200 ? way.read(JSON.parse(await wholeText(answer.body))) : undefined;
}
