import type { JsonObject } from "./conversation.ts";
import type { Failure } from "./failure.ts";
import type { MessagesAnswer, MessagesRequest, StreamEvent } from "./messages.ts";
import type { ModelInfo } from "./provider.ts";

/** For what, and how, a request is encoded. */
export interface WireTarget {
  /** The model's id at the vendor. */
  readonly model: string;
  /** What is known of it; `undefined`: nothing, so nothing may be left out because of it. */
  readonly info: ModelInfo | undefined;
  /** What the settings say about this provider beyond address and keys, such as "reasoningReplay"; members are the wire's own. */
  readonly options: JsonObject;
}

/** What reading an answer needs to know of its request. */
export interface Reading {
  /** The client's name of a tool by the name that was sent. */
  readonly nameOf: (sent: string) => string;
  /** The model that was asked. */
  readonly model: string;
  /** What else the wire that encoded the request wants to know when it reads; members are its own. */
  readonly noted?: JsonObject;
}

/** A request in the vendor's words. */
export interface Encoded {
  /** Behind the provider's base address, with query: "/chat/completions". */
  readonly path: string;
  /** Beyond credentials and content type. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** Members of the request that the vendor has no word for, as paths: `top_k`, `messages.0.content.1`. */
  readonly dropped: readonly string[];
  readonly reading: Reading;
}

/** Reads a streamed answer from its bytes, however they are cut. After `end`, or an event "error" or "message_stop", nothing comes any more. */
export interface Decoder {
  take(bytes: Uint8Array): readonly StreamEvent[];
  /** The connection has ended. Gives what is missing of a whole answer, or the event "error" when it is not whole. */
  end(): readonly StreamEvent[];
}

/** An answer of the vendor that is no success. */
export interface Refusal {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one vendor speaks: pure encoding and decoding. */
export interface Wire {
  /** Headers that carry a key. */
  readonly authorize: (key: string) => Readonly<Record<string, string>>;
  /** Equal requests give equal bodies. Throws `Untranslatable` for what cannot be left out and has no word there. */
  readonly encode: (request: MessagesRequest, target: WireTarget) => Encoded;
  /** A whole answer, parsed from JSON. Throws `Unreadable` when it is none, or holds an error. */
  readonly answer: (body: unknown, reading: Reading) => MessagesAnswer;
  readonly decoder: (reading: Reading) => Decoder;
  /** Whether every answer is a stream, also of requests that want none; `answer` is then never called. */
  readonly alwaysStreams?: true;
  readonly failure: (refusal: Refusal) => Failure;
  /** How models are listed; absent: the vendor has no list. */
  readonly list?: {
    readonly path: string;
    /** Beyond credentials. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly read: (body: unknown) => readonly ModelInfo[];
  };
  /** How tokens are counted by the vendor; absent: they are estimated. Read answers `undefined` for what says no number. */
  readonly count?: {
    readonly encode: (request: MessagesRequest, target: WireTarget) => Encoded;
    readonly read: (body: unknown) => number | undefined;
  };
}

/** A request that has no form at this vendor; the message is for the client and names what it is. */
export class Untranslatable extends Error {
  override readonly name = "Untranslatable";
}

/** An answer that cannot be used. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  /** What it was. */
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
