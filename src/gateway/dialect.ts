import type { JsonObject } from "../model/conversation.ts";
import type { Failure } from "../model/failure.ts";
import type { MessagesAnswer, MessagesRequest, StreamEvent } from "../model/messages.ts";
import type { ModelInfo } from "../model/provider.ts";

/** What a client sent, as far as a dialect decides on it. */
export interface ClientCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a client wants: an answer, a count of tokens, the models or one of them. */
export type Wanted = "answer" | "count" | "models" | "model";

/** What an answer's form depends on beyond its content. */
export interface AnswerForm {
  /** The model as the client named it: that is what its answer shows. */
  readonly model: string;
  /** The body of the request as it came. */
  readonly body: JsonObject;
  /** Seconds since 1970, for dialects that show a time. */
  readonly created: number;
  /** An id for the answer where the vendor gave none, of letters and digits. */
  readonly id: string;
  /** The query of the request, where a dialect reads the form of a stream from it; absent: the usual form. */
  readonly query?: URLSearchParams;
}

/** Writes a stream to a client; each result is text of server-sent events, or of its own `type`, "" for nothing. */
export interface StreamEncoder {
  /** The content type; absent: "text/event-stream". */
  readonly type?: string;
  take(event: StreamEvent): string;
}

/** Why a request was refused or failed, as clients are told. */
export interface Refused {
  readonly failure: Failure;
  /** HTTP status; that of the upstream where it gave one. */
  readonly status: number;
  /** The upstream's id of the request, or our own. */
  readonly requestId: string;
}

/** A way in which clients speak. */
export interface Dialect {
  /** As in settings and records: "anthropic", "openai-chat". */
  readonly name: string;
  /** Types of providers whose wire has the same form, to which bytes are passed on as they came. */
  readonly native: readonly string[];
  /** What a request wants; `undefined`: it is not of this dialect. */
  readonly wants: (call: ClientCall) => Wanted | undefined;
  /** A key in the dialect's own places; `undefined`: there is none, or several differ. */
  readonly keyOf: (call: ClientCall) => string | undefined;
  /** The model, where a dialect names it in the path; absent: it stands in the body. */
  readonly modelIn?: (call: ClientCall) => string | undefined;
  /** The body in the canonical form. Throws `BadRequest` for what has none. */
  readonly decode: (body: JsonObject, call: ClientCall) => MessagesRequest;
  readonly answer: (answer: MessagesAnswer, form: AnswerForm) => JsonObject;
  readonly encoder: (form: AnswerForm) => StreamEncoder;
  /** The body of a refusal. */
  readonly refusal: (refused: Refused) => JsonObject;
  readonly count: (tokens: number) => JsonObject;
  readonly models: (models: readonly ModelInfo[]) => JsonObject;
  /** One model, as in the list. */
  readonly model: (model: ModelInfo) => JsonObject;
  /** A sign of life between events, as text of the stream: an event or a comment. */
  readonly ping: string;
}

/** A request that a dialect cannot take; the message says what is wrong with it and where. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
}
