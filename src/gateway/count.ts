import type { OpenedProvider } from "../model/routing/candidates.ts";
import type { Target } from "../model/routing/configuration.ts";
import { estimatedTokens, type Signals } from "../model/routing/signals.ts";
import type { VendorRequest } from "../model/transport.ts";
import type { Encoded } from "../model/wire.ts";
import { untilAborted } from "../std/abort.ts";
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
  opened: OpenedProvider,
  target: Target,
  asking: Asking,
  transport: GatewayParts["transport"],
  signal: AbortSignal,
): Promise<number | undefined> {
  const { type, setting } = opened;
  const way = (type.wired?.wire ?? type.wire)?.count;
  if (way === undefined) return undefined;
  const wireTarget = { model: target.model, info: type.infoOf(target.model), options: setting.options };
  const encoded = way.encode({ ...asking.request(), model: target.model }, wireTarget);
  const within = AbortSignal.any([signal, AbortSignal.timeout(COUNT_MS)]);
  const sent = await untilAborted(sendable(opened, encoded, within), within);
  if (sent === undefined) return undefined;
  const answer = await transport(sent, within);
  return answer.status === 200 ? way.read(JSON.parse(await wholeText(answer.body))) : undefined;
}

/** The request with address and credentials; `undefined`: there is no key. */
async function sendable(
  { type, setting, ways }: OpenedProvider,
  encoded: Encoded,
  signal: AbortSignal,
): Promise<VendorRequest | undefined> {
  const [way] = ways;
  if (way?.provider.signed) return way.provider.signed(encoded, signal);
  const key = await way?.key();
  if (type.wired === undefined || key === undefined) return undefined;
  const { path, headers, body } = encoded;
  return {
    method: "POST",
    url: `${setting.baseUrl ?? type.wired.address}${path}`,
    headers: { "content-type": "application/json", ...headers, ...type.wired.wire.authorize(key) },
    body: JSON.stringify(body),
  };
}
