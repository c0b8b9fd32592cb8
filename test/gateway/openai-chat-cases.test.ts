import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { before, describe, it } from "mocha";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { openaiChat } from "../../src/gateway/dialects/openai-chat.ts";
import { anthropicWire } from "../../src/model/anthropic/wire.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import {
  answeredFor,
  type Cut,
  type Pair,
  refusedFor,
  sentFor,
  sseBytes,
  streamedFor,
} from "./translation.ts";

/** One shared case of translation, as far as it is read here. */
interface Case {
  readonly id: string;
  readonly direction: string;
  readonly title: string;
  readonly input: unknown;
  readonly assert: readonly { readonly path: string; readonly op: string; readonly value?: unknown }[];
  readonly profile?: string;
  readonly wire?: Cut;
}

/** The shared judge of cases. */
interface Judge {
  readonly check: (view: unknown, assertion: Case["assert"][number]) => boolean;
  readonly foldAnthropic: (raw: string, failed: boolean) => object;
  readonly foldOpenAI: (raw: string, failed: boolean) => object;
}

const folder = resolve(import.meta.dirname, "../../../shared/cases/gateway");
const toOpenai: Pair = { dialect: anthropic, wire: openaiChatWire };
const toAnthropic: Pair = { dialect: openaiChat, wire: anthropicWire };

const PROFILES: Readonly<Record<string, JsonObject>> = {
  "strict-openai": { strict: true },
  "reasoning-replay": { reasoningReplay: true },
  "limit:tool_id<=64": { toolIdLimit: 64 },
};

const withOptions = (pair: Pair, { profile = "" }: Case): Pair => ({
  ...pair,
  options: PROFILES[profile] ?? {},
});
const asked = { stream_options: { include_usage: true } };

const VIEWS: Readonly<Record<string, (it: Case, judge: Judge) => object>> = {
  "a2o-req": (it) => sentFor(withOptions(toOpenai, it), it.input as JsonObject),
  "o2a-req": (it) => sentFor(withOptions(toAnthropic, it), it.input as JsonObject),
  "o2a-res": (it) => answeredFor(toOpenai, it.input),
  "a2o-res": (it) => answeredFor(toAnthropic, it.input),
  "o2a-str": (it, { foldAnthropic }) => {
    const { raw, failed } = streamedFor(toOpenai, sseBytes(it.input as unknown[], false, it.wire));
    return foldAnthropic(raw, failed);
  },
  "a2o-str": (it, { foldOpenAI }) => {
    const { raw, failed } = streamedFor(toAnthropic, sseBytes(it.input as unknown[], true, it.wire), asked);
    return foldOpenAI(raw, failed);
  },
  err: (it) => {
    const { status, body } = it.input as { status: number; body: unknown };
    return refusedFor(toOpenai, { status, body: typeof body === "string" ? body : JSON.stringify(body) });
  },
};

describe("the shared cases of Chat Completions", () => {
  let judge: Judge;
  if (!existsSync(folder)) {
    it.skip("lie beside the checkout, and are not there");
    return;
  }
  before(async () => {
    judge = (await import(pathToFileURL(join(folder, "assert.mjs")).href)) as Judge;
  });

  for (const [group, view] of Object.entries(VIEWS)) {
    for (const one of casesOf(group)) {
      it(`${one.id}: ${one.title}`, () => {
        const seen = view(one, judge);
        for (const assertion of one.assert)
          assert.ok(
            judge.check(seen, assertion),
            `${JSON.stringify(assertion)}\n${JSON.stringify(seen, null, 1)}`,
          );
      });
    }
  }
});

function casesOf(group: string): readonly Case[] {
  const path = join(folder, "cases", `${group}.json`);
  if (!existsSync(path)) return [];
  const all = JSON.parse(readFileSync(path, "utf8")) as readonly Case[];
  return all.filter((it) => group !== "err" || it.direction === "openai_chat->anthropic");
}
