import assert from "node:assert/strict";
import type { Buffer } from "node:buffer";
import { after, before, describe, it } from "mocha";
import type { JsonObject } from "../../../src/model/conversation.ts";
import { recordOf, textOf } from "../../../src/model/record.ts";
import {
  anthropicClient,
  type ClientForm,
  chatClient,
  geminiClient,
  responsesClient,
} from "../../support/client-forms.ts";
import { type Got, type LiveGateway, liveGateway } from "../../support/gateway.ts";
import {
  type Act,
  answersJson,
  type ScriptedVendor,
  scriptedVendor,
  streams,
} from "../../support/scripted-vendor.ts";
import {
  answers,
  anthropicForm,
  chatForm,
  codewhispererForm,
  geminiForm,
  responsesForm,
  type VendorForm,
} from "../../support/vendor-forms.ts";
import { beside, broken, casesOf, type Judge, missingCases, type SharedCase } from "../shared-cases.ts";
import { type Cut, cutBytes, sseBytes } from "../translation.ts";

interface LiveCase extends SharedCase {
  readonly direction: string;
  readonly client_stream?: boolean;
}

interface LiveJudge extends Judge {
  readonly foldOpenAI: (raw: string, failed: boolean) => unknown;
}

const CLIENTS: Readonly<Record<string, ClientForm>> = {
  anthropic: anthropicClient,
  openai_chat: chatClient,
  openai_responses: responsesClient,
  gemini: geminiClient,
  jsonschema: anthropicClient,
};
const VENDORS: Readonly<Record<string, VendorForm>> = {
  anthropic: anthropicForm,
  openai_chat: chatForm,
  openai_responses: responsesForm,
  gemini: geminiForm,
  codewhisperer: codewhispererForm,
};
/** What a provider's settings say for a case that needs a vendor of a kind. */
const PROFILES: Readonly<Record<string, JsonObject>> = {
  "strict-openai": { strict: true },
  "reasoning-replay": { reasoningReplay: true },
  "limit:tool_id<=64": { toolIdLimit: 64 },
};
const GROUPS = [
  ...["a2o-req", "o2a-req", "a2g-req", "g2o-req", "o2g-req", "r2o-req", "a2r-req", "a2cw-req"],
  ...["o2a-res", "a2o-res", "g2a-res", "g2o-res", "r2a-res"],
  ...["o2a-str", "a2o-str", "g2a-str", "r2a-str", "cw2a-str", "schema", "err"],
];

let gateway: LiveGateway;
let vendor: ScriptedVendor;
let providers = 0;

describe("the shared translation cases, through a live gateway", () => {
  if (missingCases !== undefined) {
    it.skip(missingCases);
    return;
  }
  before(async () => {
    vendor = await scriptedVendor(answers(anthropicForm, "hi"));
    gateway = await liveGateway({ settings: {} });
  });
  after(async () => {
    await vendor.close();
    await gateway.stop();
  });
  for (const group of GROUPS)
    for (const one of casesOf(group) as readonly LiveCase[])
      it(`${one.id}: ${one.title}`, async () => {
        const judge = await beside<LiveJudge>("assert.mjs");
        const view = await VIEWS[one.stage]?.(one, judge);
        assert.deepEqual(broken(judge, one, view), [], JSON.stringify(view, null, 1));
      });
});

const VIEWS: Readonly<Record<string, (it: LiveCase, judge: LiveJudge) => Promise<unknown>>> = {
  request: sentFor,
  schema: async (it) => {
    const tools = [{ name: "look", description: "looks", input_schema: it.input }];
    const { body } = anthropicClient.ask("gemini-3-flash-preview", false);
    const input = { ...body, tools };
    const sent = await sentFor({ ...it, direction: "anthropic->gemini", input });
    const [tool] = recordOf(sent)["tools"] as readonly {
      readonly functionDeclarations: readonly unknown[];
    }[];
    return recordOf(tool?.functionDeclarations[0])["parameters"];
  },
  response: async (it) => {
    const got = await answered(it, false, answersJson(it.input));
    return { ...got.body, __status: got.status, __headers: Object.fromEntries(got.headers), raw: got.raw };
  },
  error: async (it) => {
    const { status, content_type, headers, body } = it.input as Refusal;
    const got = await answered(
      it,
      false,
      answersJson(body, status, { "content-type": content_type, ...headers }),
    );
    return { ...got.body, __status: got.status, __headers: Object.fromEntries(got.headers), raw: got.raw };
  },
  stream: async (it, judge) => {
    const isNamed = /^(anthropic|openai_responses)->/.test(it.direction);
    const got = await answered(it, true, streams(sseBytes(it.input as unknown[], isNamed, it.wire as Cut)));
    return folded(it, got, judge);
  },
  eventstream: async (it, judge) => {
    const { encodeEvents } = await beside<{ encodeEvents: (input: unknown, wire: unknown) => Buffer }>(
      "eventstream.mjs",
    );
    const { truncate: _, ...cut } = (it.wire ?? {}) as Cut;
    const act = streams(cutBytes(encodeEvents(it.input, it.wire ?? {}), cut), {
      "content-type": codewhispererForm.streamType,
    });
    const isStream = it.client_stream !== false;
    const got = await answered(it, isStream, act);
    return isStream ? folded(it, got, judge) : { ...got.body, __status: got.status, raw: got.raw };
  },
};

interface Refusal {
  readonly status: number;
  readonly content_type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The body that the vendor gets for the body of a case, or the client's refusal. */
async function sentFor({ direction, input, profile }: LiveCase): Promise<unknown> {
  const [client, form] = sidesOf(direction, true);
  const body = input as JsonObject;
  const asks = client.ask(textOf(body["model"]) ?? "house-model", body["stream"] === true);
  use(form, profile);
  vendor.does(answers(form, "hi"));
  const before = vendor.heard.length;
  const got = await gateway.ask(client, { ...asks, body });
  return vendor.heard[before]?.body ?? { __status: got.status, ...got.body };
}

/** What the client gets when the vendor does so. */
async function answered({ direction, profile }: LiveCase, isStream: boolean, act: Act): Promise<Got> {
  const [client, form] = sidesOf(direction, false);
  use(form, profile);
  vendor.does(act);
  return await gateway.ask(client, client.ask("house-model", isStream));
}

function folded({ direction }: LiveCase, { raw, isCut, status }: Got, judge: LiveJudge): unknown {
  const failed = isCut || status !== 200;
  return direction.endsWith("->openai_chat")
    ? judge.foldOpenAI(raw, failed)
    : judge.foldAnthropic(raw, failed);
}

/** Who asks and who answers; in cases of requests the client stands first. */
function sidesOf(direction: string, isRequest: boolean): readonly [ClientForm, VendorForm] {
  const [left = "", right = ""] = direction.split("->");
  const [client, form] = isRequest ? [CLIENTS[left], VENDORS[right]] : [CLIENTS[right], VENDORS[left]];
  if (client === undefined || form === undefined) throw new Error(`nobody speaks ${direction}`);
  return [client, form];
}

/** One provider of this form takes everything; a new one for every case, so that none is punished for the one before. */
function use(form: VendorForm, profile: unknown): void {
  const wanted = /^model:(.*)$/.exec(String(profile))?.[1] ?? form.model;
  const provider = {
    type: form.type,
    baseUrl: vendor.address + form.base,
    keys: ["sk-upstream-000001"],
    ...PROFILES[String(profile)],
  };
  const name = `main${++providers}`;
  const target = { provider: name, model: wanted };
  const routing = { default: target, background: target, thinking: target };
  gateway.use({ providers: { [name]: provider }, routing });
}
