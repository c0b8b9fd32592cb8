import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, it } from "mocha";
import type { Dialect } from "../../src/gateway/dialect.ts";
import { anthropic } from "../../src/gateway/dialects/anthropic.ts";
import { gemini } from "../../src/gateway/dialects/gemini.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { geminiParameters } from "../../src/model/gemini/schema.ts";
import { geminiWire } from "../../src/model/gemini/wire.ts";
import type { Wire } from "../../src/model/wire.ts";
import {
  answeredFor,
  type Cut,
  type Pair,
  refusedFor,
  sentFor,
  sseBytes,
  streamedFor,
} from "./translation.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "../shared/cases/gateway");

interface Case {
  readonly id: string;
  readonly direction: string;
  readonly title: string;
  readonly input: JsonObject;
  readonly wire?: Cut;
  readonly assert: readonly { readonly path: string; readonly op: string; readonly value: unknown }[];
}

/** The one export of a file that has all of these members; `undefined` while there is no such file. */
async function found<T>(path: string, ...members: readonly string[]): Promise<T | undefined> {
  const file = join(root, path);
  if (!existsSync(file)) return undefined;
  const exported = Object.values(await import(pathToFileURL(file).href));
  return exported.find((it) => members.every((member) => member in Object(it))) as T | undefined;
}

const chat = await found<Dialect>("src/gateway/dialects/openai-chat.ts", "decode", "wants");
const chatWire = await found<Wire>("src/model/openai-chat/wire.ts", "encode", "decoder");

function pairOf(dialect: Dialect | undefined, wire: Wire | undefined): Pair | undefined {
  return dialect && wire && { dialect, wire };
}

const toGemini = { dialect: anthropic, wire: geminiWire };

const VIEWS: Readonly<Record<string, { pair: Pair | undefined; view: (pair: Pair, it: Case) => unknown }>> = {
  "a2g-req": { pair: toGemini, view: (pair, it) => sentFor(pair, it.input) },
  "g2a-res": { pair: toGemini, view: (pair, it) => answeredFor(pair, it.input) },
  "g2o-req": { pair: pairOf(gemini, chatWire), view: (pair, it) => sentFor(pair, it.input) },
  "o2g-req": { pair: pairOf(chat, geminiWire), view: (pair, it) => sentFor(pair, it.input) },
  "g2o-res": { pair: pairOf(chat, geminiWire), view: (pair, it) => answeredFor(pair, it.input) },
  schema: { pair: toGemini, view: (_, it) => geminiParameters(it.input) },
};

function casesOf(group: string): readonly Case[] {
  const file = join(folder, "cases", `${group}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Checker {
  readonly check: (view: unknown, assertion: Case["assert"][number]) => boolean;
  readonly foldAnthropic: (raw: string, failed: boolean) => unknown;
}

async function checker(): Promise<Checker> {
  return import(pathToFileURL(join(folder, "assert.mjs")).href);
}

describe("the shared translation cases of Gemini", () => {
  if (!existsSync(folder)) {
    it.skip("are not checked: the folder with the cases is not beside this one", () => assert.ok(true));
    return;
  }
  for (const [group, { pair, view }] of Object.entries(VIEWS)) {
    for (const each of casesOf(group)) {
      if (pair === undefined) {
        it.skip(`${each.id} is not checked: Chat Completions is not there to translate with`, () =>
          assert.ok(true));
        continue;
      }
      it(`${each.id}: ${each.title}`, async () => holds(await checker(), view(pair, each), each));
    }
  }
  for (const each of casesOf("g2a-str")) {
    it(`${each.id}: ${each.title}`, async () => {
      const { foldAnthropic, ...rest } = await checker();
      const bytes = sseBytes(each.input as unknown as readonly unknown[], false, each.wire);
      const { raw, failed } = streamedFor(toGemini, bytes);
      holds({ foldAnthropic, ...rest }, foldAnthropic(raw, failed), each);
    });
  }
  for (const each of casesOf("err").filter((it) => it.direction.startsWith("gemini->"))) {
    it(`${each.id}: ${each.title}`, async () => {
      const { status, headers, body } = each.input as unknown as Answered;
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const refusal = { status, body: text, headers: headers ?? {} };
      const wait = geminiWire.failure(refusal).retryAfterMs;
      const retry = wait === undefined ? {} : { "retry-after": String(Math.ceil(wait / 1000)) };
      holds(
        await checker(),
        { ...refusedFor({ dialect: anthropic, wire: geminiWire }, refusal), __headers: retry },
        each,
      );
    });
  }
});

function holds({ check }: Checker, view: unknown, each: Case): void {
  for (const it of each.assert) {
    assert.ok(check(view, it), `${JSON.stringify(it)} in ${JSON.stringify(view)}`);
  }
}
