import { createHmac } from "node:crypto";
import type { StandInModel } from "./models.ts";
import { reads } from "./models.ts";
import type { Item } from "./prefix.ts";
import { blockItem, digest } from "./prefix.ts";
import type { Refusal } from "./refusal.ts";
import { bad } from "./refusal.ts";
import type { Asked, WireBlock } from "./wire.ts";
import { isWire } from "./wire.ts";

/** On which accounts a changed prefix is an error: for all models that check it, or for the 5.2 generation only. */
export type Account = "enforce-all" | "enforce-5-2-only";

/** What a signature binds a thinking block to. */
interface Bond {
  readonly model: string;
  /** Digest of everything before the block but thinking. */
  readonly prefix: string;
  /** Digests of the thinking blocks that stood before it. */
  readonly chain: readonly string[];
  readonly text: string;
  readonly response: string;
  readonly place: number;
}

/** What became of the thinking of a request. */
export interface Bound {
  readonly refusal?: Refusal;
  /** Entries of the answer's `input_transformations`. */
  readonly transformations: readonly object[];
  /** Items that the model reads. */
  readonly items: readonly Item[];
  /** Signs the blocks of the answer to come, in their order. */
  readonly seal: (block: WireBlock, place: number) => WireBlock;
}

const SECRET = "stand-in";
const BETA = "thinking-binding-controls-2026-08-01";
const MODIFIED =
  "`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.";

function sign(bond: Bond): string {
  const body = Buffer.from(JSON.stringify(bond)).toString("base64url");
  return `${body}.${createHmac("sha256", SECRET).update(body).digest("base64url")}`;
}

function bondOf(signature: unknown): Bond | undefined {
  const [body = "", mac = ""] = String(signature).split(".");
  if (createHmac("sha256", SECRET).update(body).digest("base64url") !== mac) return undefined;
  return JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
}

function isThinking({ type }: { readonly type: string }): boolean {
  return type === "thinking" || type === "redacted_thinking";
}

/** Checks the thinking of a request as the API does, and prepares the signing of what is answered. */
export function bind(
  asked: Asked,
  items: readonly Item[],
  model: StandInModel,
  account: Account,
  response: string,
): Bound {
  const walk = new Walk(asked, model, account);
  const latest = checkLatest(asked);
  const refusal = latest ?? walk.take(items);
  return {
    ...(refusal && { refusal }),
    transformations: walk.transformations,
    items: walk.kept,
    seal: (block, place) => walk.seal(block, place, response),
  };
}

/** Thinking of the latest assistant message comes from one response, in its order, unchanged. */
function checkLatest({ messages }: Asked): Refusal | undefined {
  const at = messages.findLastIndex((it) => it.role === "assistant");
  let last: Bond | undefined;
  for (const [place, block] of (messages[at]?.content ?? []).entries()) {
    if (!isThinking(block)) continue;
    const bond = bondOf(block.type === "thinking" ? block.signature : block.data);
    if (bond === undefined) continue;
    const changed = block.type === "thinking" && digest(String(block.thinking)) !== bond.text;
    const strayed = last !== undefined && (last.response !== bond.response || last.place >= bond.place);
    if (changed || strayed) return bad(`messages.${at}.content.${place}: ${MODIFIED}`);
    last = bond;
  }
  return undefined;
}

/** Goes through a request once, keeping what the next block would be bound to. A class because it is a state with steps. */
class Walk {
  readonly transformations: object[] = [];
  readonly kept: Item[] = [];
  private prefix = "";
  private readonly steps: { readonly path: string; readonly prefix: string }[] = [];
  private chain: string[] = [];
  private dropsAll = false;
  private readonly asked: Asked;
  private readonly model: StandInModel;
  private readonly account: Account;

  constructor(asked: Asked, model: StandInModel, account: Account) {
    this.asked = asked;
    this.model = model;
    this.account = account;
  }

  take(items: readonly Item[]): Refusal | undefined {
    for (const item of items) {
      if (!(item.part === "message" && isThinking(item))) this.step(item);
      else {
        const refusal = this.takeThinking(item);
        if (refusal !== undefined) return refusal;
      }
    }
    return undefined;
  }

  seal(block: WireBlock, place: number, response: string): WireBlock {
    if (!isThinking(block)) {
      this.step(blockItem("", "assistant", block));
      return block;
    }
    const text = block.type === "thinking" ? digest(String(block.thinking)) : "";
    const bond = { model: this.asked.model, prefix: this.prefix, chain: this.chain, text, response, place };
    const signature = sign(bond);
    this.chain = [...this.chain, digest(signature)];
    return block.type === "thinking" ? { ...block, signature } : { ...block, data: signature };
  }

  private step(item: Item): void {
    this.kept.push(item);
    if (item.type === "text" && String(item.block.text).trim() === "") return;
    this.prefix = digest(this.prefix, item.value);
    this.steps.push({ path: item.path, prefix: this.prefix });
  }

  private takeThinking(item: Item): Refusal | undefined {
    const signature = String(item.type === "thinking" ? item.block.signature : item.block.data);
    const bond = bondOf(signature);
    const changed = bond && item.type === "thinking" && digest(String(item.block.thinking)) !== bond.text;
    if (bond === undefined || changed)
      return bad(`${item.path}: Invalid \`signature\` in \`thinking\` block`);
    if (this.dropsAll) return this.drop(item, "prefix_binding_mismatch");
    if (!reads(this.asked.model, bond.model)) return this.drop(item, "model_binding_mismatch");
    const fits = !this.model.binds || (bond.prefix === this.prefix && this.isUnbroken(bond.chain));
    if (!fits) {
      const refusal = this.mismatch(item, bond);
      if (refusal !== undefined || this.dropsAll) return refusal;
    }
    this.chain = [...this.chain, digest(signature)];
    this.kept.push(item);
    return undefined;
  }

  /** Thinking may be missing at the start of the chain, nowhere else. */
  private isUnbroken(chain: readonly string[]): boolean {
    const tail = this.chain.length === 0 ? [] : chain.slice(-this.chain.length);
    return tail.length === this.chain.length && tail.every((it, at) => it === this.chain[at]);
  }

  private mismatch(item: Item, bond: Bond): Refusal | undefined {
    const controlled = this.asked.betas.includes(BETA);
    const binding = this.asked.thinking?.block_binding;
    if (controlled && isWire(binding) && binding.prefix_mismatch_behavior === "drop_block") {
      this.dropsAll = true;
      return this.drop(item, "prefix_binding_mismatch");
    }
    if (this.account === "enforce-5-2-only" && !this.asked.model.endsWith("-5-2")) {
      if (controlled) this.transform("thinking_mismatch_allowed", item, "prefix_binding_mismatch");
      return undefined;
    }
    const beta = controlled
      ? ""
      : ` That setting requires the \`${BETA}\` value in the \`anthropic-beta\` header.`;
    return bad(
      `${item.path}: Invalid \`signature\` in \`thinking\` block. The block is bound to a different conversation. Remove the block, or set \`thinking.block_binding.prefix_mismatch_behavior\` to "drop_block".${beta}${this.named(bond)}`,
    );
  }

  /** Where the conversation strayed, as far as this request shows it. */
  private named(bond: Bond): string {
    if (this.steps.some((it) => it.prefix === bond.prefix)) return "";
    const first = this.steps.find((it) => it.path.startsWith("messages."))?.path ?? "messages.0.content.0";
    return ` Content that preceded this block when it was created is missing from this request, starting at \`${first}\`.`;
  }

  private drop(item: Item, reason: string): undefined {
    if (this.asked.betas.includes(BETA)) this.transform("thinking_dropped", item, reason);
    return undefined;
  }

  private transform(type: string, item: Item, reason: string): void {
    this.transformations.push({ type, path: item.path, reason });
  }
}
