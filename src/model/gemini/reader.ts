import { crc32c } from "../../std/crc32c.ts";
import { type AnswerWriter, answerWriter } from "../answer-writer.ts";
import { CARRIED_MEMBER, carriedSignature } from "../carried.ts";
import type { Json } from "../conversation.ts";
import type { Failure } from "../failure.ts";
import type { StreamEvent } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";
import type { Reading } from "../wire.ts";
import { type Ending, endingOf, endingOfPrompt } from "./endings.ts";
import { failureIn } from "./failure.ts";
import { type PartialArguments, partialArguments } from "./partial-arguments.ts";
import { GEMINI, type SignatureMemory } from "./signatures.ts";
import { usageOf } from "./usage.ts";

/** Reads the responses of one answer: one when it came whole, many when it was streamed. */
export interface ResponseReader {
  /** Takes a `GenerateContentResponse`, decoded from JSON but not trusted. Nothing is read after a failure. */
  take(response: unknown): readonly StreamEvent[];
  /** Nothing comes any more: ends the answer, or fails when it has no end. */
  end(): readonly StreamEvent[];
  fail(failure: Failure): readonly StreamEvent[];
  /** Whether the answer told its end. */
  readonly hasEnding: boolean;
}

/** What has been read. */
interface Read {
  readonly writer: AnswerWriter;
  readonly reading: Reading;
  readonly memory: SignatureMemory;
  /** Members of `usageMetadata`; they are cumulative. */
  usage: Readonly<Record<string, unknown>>;
  ending: Ending | undefined;
  /** A call whose arguments are still coming. */
  call: OpenCall | undefined;
  /** From which ids are made for calls that have none. */
  seed: string | undefined;
  readonly ids: Set<string>;
  /** Whether there is something in it for a reader. */
  hasSaid: boolean;
}

interface OpenCall {
  readonly id: string | undefined;
  readonly name: string;
  signature: string | undefined;
  readonly args: PartialArguments;
  /** Whether its last piece said that there are more. */
  goesOn: boolean;
}

type Members = Readonly<Record<string, unknown>>;

/** A reader of one answer; thought signatures of its calls are remembered. */
export function responseReader(reading: Reading, memory: SignatureMemory): ResponseReader {
  const it: Read = {
    writer: answerWriter(),
    reading,
    memory,
    usage: {},
    ending: undefined,
    call: undefined,
    seed: undefined,
    ids: new Set(),
    hasSaid: false,
  };
  return {
    take(response) {
      if (!it.writer.hasEnded) takeResponse(it, response);
      return it.writer.take();
    },
    end() {
      end(it);
      return it.writer.take();
    },
    fail(failure) {
      it.writer.fail(failure);
      return it.writer.take();
    },
    get hasEnding() {
      return it.ending !== undefined;
    },
  };
}

function takeResponse(it: Read, response: unknown): void {
  const failure = failureIn(response);
  if (failure !== undefined) return it.writer.fail(failure);
  const members = recordOf(response);
  it.usage = { ...it.usage, ...recordOf(members["usageMetadata"]) };
  const candidates: readonly unknown[] = Array.isArray(members["candidates"]) ? members["candidates"] : [];
  // A second candidate is another answer.
  const candidate = recordOf(candidates.find((each) => (recordOf(each)["index"] ?? 0) === 0));
  const blocked = candidates.length === 0 ? endingOfPrompt(members["promptFeedback"]) : undefined;
  if (candidates.length === 0 && blocked === undefined && it.seed === undefined) return;
  start(it, members);
  if (blocked !== undefined) it.ending ??= blocked;
  const parts = recordOf(candidate["content"])["parts"];
  for (const part of Array.isArray(parts) ? parts : []) takePart(it, recordOf(part));
  const ending = endingOf(candidate);
  if (ending === undefined) return;
  closeCall(it);
  if ("failure" in ending) it.writer.fail(ending.failure);
  else it.ending = ending;
}

function start(it: Read, members: Members): void {
  const id = textOf(members["responseId"]) ?? "";
  it.seed ??= `${id}/${String(it.usage["promptTokenCount"] ?? "")}`;
  it.writer.start({
    id,
    model: textOf(members["modelVersion"]) ?? it.reading.model,
    usage: { ...usageOf(it.usage), output_tokens: 0 },
  });
}

function takePart(it: Read, part: Members): void {
  const signature = textOf(part["thoughtSignature"]);
  const { text } = part;
  if (!("functionCall" in part) && it.call?.goesOn === false) closeCall(it);
  if ("functionCall" in part) takeCall(it, recordOf(part["functionCall"]), signature);
  else if (typeof text === "string" && part["thought"] === true) it.writer.thinking(text);
  else if (typeof text === "string") say(it, text, signature);
  else takeOther(it, part);
  // It belongs to the thinking before it; where there is none, no block may be opened for it.
  if (signature !== undefined && !("functionCall" in part)) sign(it, signature);
}

function say(it: Read, text: string, signature: string | undefined): void {
  if (text === "") return;
  if (signature !== undefined) sign(it, { next: signature });
  it.writer.text(text);
  it.hasSaid = true;
}

/** Signs the thinking that is open, with its own signature or with that of what follows it. */
function sign({ writer }: Read, signature: Json): void {
  if (writer.open === "thinking") writer.signature(carriedSignature(GEMINI, signature));
}

function takeOther(it: Read, part: Members): void {
  const code = recordOf(part["executableCode"]);
  if (typeof code["code"] === "string") {
    fenced(it, (textOf(code["language"]) ?? "").toLowerCase(), code["code"]);
  }
  const output = recordOf(part["codeExecutionResult"])["output"];
  if (typeof output === "string") fenced(it, "", output);
  const { data, mimeType } = recordOf(part["inlineData"]);
  if (typeof data === "string" && typeof mimeType === "string") {
    const kind = /^(image|audio|video)\//.exec(mimeType)?.[1] ?? "document";
    it.hasSaid = true;
    it.writer.block({ type: kind, source: { type: "base64", media_type: mimeType, data } });
  }
}

function fenced(it: Read, language: string, text: string): void {
  it.hasSaid = true;
  it.writer.text(`\n\`\`\`${language}\n${text}${text.endsWith("\n") ? "" : "\n"}\`\`\`\n`);
}

/** A call comes whole, or in pieces that end with an empty one, the next call or the answer. */
function takeCall(it: Read, call: Members, signature: string | undefined): void {
  const id = textOf(call["id"]);
  const name = textOf(call["name"]);
  const belongs = it.call !== undefined && (name === undefined || (id !== undefined && id === it.call.id));
  if (!belongs) {
    closeCall(it);
    if (name === undefined) return;
    it.call = { id, name, signature: undefined, args: partialArguments(), goesOn: false };
  }
  if (it.call === undefined) return;
  it.call.signature ??= signature;
  it.call.args.put(call["args"]);
  it.call.args.take(call["partialArgs"]);
  it.call.goesOn = call["willContinue"] === true;
  if (!it.call.goesOn && call["partialArgs"] === undefined) closeCall(it);
}

function closeCall(it: Read): void {
  const { call, writer } = it;
  if (call === undefined) return;
  it.call = undefined;
  const id = idFor(it, call);
  it.hasSaid = true;
  if (call.signature !== undefined) {
    it.memory.remember(id, call.signature);
    sign(it, { next: call.signature });
  }
  const carried = call.signature && { [CARRIED_MEMBER]: { vendor: GEMINI, data: call.signature } };
  writer.call(id, it.reading.nameOf(call.name), carried || {});
  writer.input(JSON.stringify(call.args.value()));
  writer.closeBlock();
}

/** The call's own id if it has one and no call before had it. */
function idFor({ ids, seed }: Read, call: OpenCall): string {
  const count = ids.size;
  const made = crc32c(
    new TextEncoder().encode(`${seed}/${count}/${call.name}/${JSON.stringify(call.args.value())}`),
  );
  const id = call.id ?? `call_${made.toString(16).padStart(8, "0")}_${count}`;
  const own = ids.has(id) ? `${id}_${count}` : id;
  ids.add(own);
  return own;
}

function end(it: Read): void {
  const { ending, writer } = it;
  if (writer.hasEnded) return;
  if (ending === undefined) {
    const message =
      it.seed === undefined ? "the model answered nothing" : "the answer ended before it was whole";
    return writer.fail({ kind: "cut", message });
  }
  closeCall(it);
  if ("failure" in ending) return writer.fail(ending.failure);
  if (ending.said !== undefined && !it.hasSaid) writer.text(ending.said);
  const stop = ending.stop === "end_turn" && writer.hasCalls ? "tool_use" : ending.stop;
  writer.finish(stop, usageOf(it.usage));
}
