import type { Answer, Effort, JsonObject, ModelRequest, Usage } from "./conversation.ts";
import type { Failure } from "./failure.ts";
import type { VendorRequest } from "./transport.ts";
import type { Wire } from "./wire.ts";

/**
 * One answer as it comes. A stream never throws: its last event is `done` or `failed`
 * (`failed` with kind "stopped" when the signal was aborted). Nothing follows the last event.
 */
export type ModelEvent =
  | { readonly type: "started"; readonly model: string; readonly usage: Usage }
  /** Somebody else is asked, for nothing had been said; `failure` is the reason. */
  | { readonly type: "moved"; readonly from: string; readonly to: string; readonly failure: Failure }
  /** Something the person should know of, such as a budget that is nearly used up. */
  | { readonly type: "warned"; readonly sentence: string }
  /** A block has begun; `name` and `id` for tool calls. */
  | {
      readonly type: "opened";
      readonly index: number;
      readonly block: "text" | "thinking" | "tool_use" | "other";
      readonly id?: string;
      readonly name?: string;
    }
  /** More of a text or thinking block, or more raw JSON of a tool call's input. */
  | { readonly type: "delta"; readonly index: number; readonly text: string }
  | { readonly type: "closed"; readonly index: number }
  | { readonly type: "done"; readonly answer: Answer }
  /** `text`: what had been said until then (no thinking), `usage`: what the vendor will bill as far as known. */
  | { readonly type: "failed"; readonly failure: Failure; readonly text: string; readonly usage: Usage };

/** Dollars per million tokens of each class. */
export interface Rates {
  readonly input: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
  readonly output: number;
}

/** What a model can do, from the vendor's model list or the dated table. */
export interface ModelInfo {
  readonly id: string;
  /** Name of the provider in the settings that serves it, where a list has several. */
  readonly provider?: string;
  readonly name: string;
  /** Tokens of input and output together. */
  readonly contextWindow: number;
  readonly maxOutput: number;
  /** Effort levels it takes; empty when it takes none. */
  readonly efforts: readonly Effort[];
  readonly images: boolean;
  /** `undefined`: price not known. `above`: other rates for a whole request with more input than that. */
  readonly rates: Rates | undefined;
  readonly ratesAbove?: { readonly tokens: number; readonly rates: Rates };
  /** What a person should know before choosing it. */
  readonly note?: string;
}

/** A way to reach models, opened with its settings. */
export interface Provider {
  readonly name: string;
  /** Known models, best first. Falls back to the table when the vendor does not answer. */
  models(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /**
   * The name by which a model has to be asked, where its server must be told something of it beforehand; or why a
   * request of about `tokens` is not to be sent. Absent: its own. Rejects only when it is stopped.
   */
  placed?(model: string, tokens: () => number, signal: AbortSignal): Promise<string | Failure>;
  /**
   * A request of the type's `wire` as its vendor takes it, addressed and signed; `undefined`: a key is needed and there
   * is none. Absent: address and key are all that a request needs. Rejects when there is nothing to sign with.
   */
  signed?(request: UnsignedRequest, signal: AbortSignal): Promise<VendorRequest | undefined>;
}

/** A request in the words of a wire, before it is addressed and signed. */
export interface UnsignedRequest {
  /** As at the wire's first vendor, with query. */
  readonly path: string;
  /** Beyond credentials and content type. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** What a provider is opened with. */
export interface ProviderSetup {
  /** Asked before each call, so that a changed key holds at once; `undefined`: there is none. */
  readonly key: () => Promise<string | undefined>;
  readonly baseUrl: string | undefined;
  readonly fetch: typeof fetch;
  /** Time without a byte after which a stream counts as dead, in milliseconds. */
  readonly silenceMs: number;
  /** What the settings say of single models; absent: nothing. */
  readonly models?: readonly { readonly id: string; readonly contextWindow?: number }[];
  /** What the settings say beyond this; only the type's wire reads it. */
  readonly options?: JsonObject;
}

/** A vendor that is reached by plain HTTP. */
export interface Wired {
  readonly wire: Wire;
  /** The vendor's own address, without a slash at its end. */
  readonly address: string;
  /** Environment variables that hold a key, the first that is set counts; none: the vendor asks for no key. */
  readonly keysIn: readonly string[];
}

/** An entry of the shelf `model/providers`. */
export interface ProviderType {
  /** As in settings: "anthropic", "offline". */
  readonly type: string;
  /** Whether a model id belongs to this type when no provider is named. */
  readonly claims: (model: string) => boolean;
  /** What is known of a model of this type without asking anybody; `undefined`: nothing. */
  readonly infoOf: (model: string) => ModelInfo | undefined;
  /** Its vendor's models as far as they are known without asking anybody; absent: none is. */
  readonly known?: readonly ModelInfo[];
  readonly open: (setup: ProviderSetup) => Provider;
  /** Why nothing can be asked of it on this host; absent: it can. */
  readonly absent?: string;
  /** How its vendor is spoken to; absent: only `open` reaches it. */
  readonly wired?: Wired;
  /** The vendor's words where its providers make the requests themselves, by `signed`; absent where `wired` has them, and where only `ask` reaches it. */
  readonly wire?: Wire;
}
