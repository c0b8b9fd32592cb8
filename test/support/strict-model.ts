import { encodeRequest } from "../../src/model/anthropic-encode.ts";
import { catalogued } from "../../src/model/catalog.ts";
import type { Block, ModelRequest, Stop } from "../../src/model/conversation.ts";
import { type Act, answers, call, fails } from "./scripted-model.ts";
import { bind } from "./stand-in/binding.ts";
import { modelOf, STAND_IN_MODELS } from "./stand-in/models.ts";
import { itemsOf } from "./stand-in/prefix.ts";
import { refusalOf } from "./stand-in/rules.ts";
import type { Said } from "./stand-in/turns.ts";
import { decodeAsked, type WireBlock } from "./stand-in/wire.ts";

/** What a strict model answers one request with, once the request has broken no rule. */
export type Answering =
  | { readonly blocks: readonly Said[]; readonly stop?: Stop }
  | { readonly instead: Act };

export interface Strict {
  readonly act: Act;
  readonly refusals: readonly string[];
  /** The requests that got an answer with something in it. */
  readonly answered: readonly ModelRequest[];
}

/**
 * A model that holds every request to the rules of the Messages API, signs its thinking for the conversation it is
 * said in, and then answers as `next` says. Broken rules are kept in `refusals`.
 */
export function strict(next: () => Answering): Strict {
  const refusals: string[] = [];
  const answered: ModelRequest[] = [];
  let answer = 0;
  return { refusals, answered, act };

  async function* act(...[request, signal]: Parameters<Act>): ReturnType<Act> {
    const body: unknown = JSON.parse(JSON.stringify(encodeRequest(request, modelFor(request.model))));
    const asked = decodeAsked(body, { betas: [], version: "2026-10-21" });
    if ("status" in asked) return yield* refuse(asked.message)(request, signal);
    const model = modelOf(asked.model, STAND_IN_MODELS);
    if (!model) throw new Error(`no model ${asked.model}`);
    const bound = bind(asked, itemsOf(asked), model, "enforce-all", `msg_${++answer}`);
    const refusal = refusalOf(asked, model) ?? bound.refusal;
    if (refusal) return yield* refuse(refusal.message)(request, signal);
    const said = next();
    if ("instead" in said) return yield* said.instead(request, signal);
    if (said.blocks.length > 0) answered.push(request);
    const blocks = said.blocks.map((it, place) =>
      blockOf(bound.seal(wireOf(it, `${answer}_${place}`), place)),
    );
    yield* answers(blocks, said.stop)(request, signal);
  }

  function refuse(message: string): Act {
    refusals.push(message);
    return fails("invalid", { message });
  }
}

function modelFor(id: string) {
  const model = catalogued(id);
  if (!model) throw new Error(`no model ${id}`);
  return model;
}

function wireOf(said: Said, place: string): WireBlock {
  if ("says" in said) return { type: "text", text: said.says };
  if ("thinks" in said) return { type: "thinking", thinking: said.thinks, signature: "" };
  if ("calls" in said)
    return { type: "tool_use", id: said.id ?? `toolu_${place}`, name: said.calls, input: said.input ?? {} };
  throw new Error("not spoken here");
}

function blockOf(block: WireBlock): Block {
  if (block.type === "text") return { type: "text", text: String(block.text) };
  if (block.type === "thinking")
    return { type: "thinking", thinking: String(block.thinking), signature: String(block.signature) };
  return call(String(block.name), JSON.parse(JSON.stringify(block.input)), String(block.id));
}
