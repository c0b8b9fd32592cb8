import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, it } from "mocha";
import {
  anthropicClient,
  CLIENT_FORMS,
  type ClientForm,
  chatClient,
  geminiClient,
  responsesClient,
} from "../../support/client-forms.ts";
import { CLIENT_KEY, type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { headOf } from "../../support/raw-request.ts";
import { answersJson, type ScriptedVendor, scriptedVendor, streams } from "../../support/scripted-vendor.ts";
import {
  answers,
  anthropicForm,
  chatForm,
  geminiForm,
  responsesForm,
  sse,
} from "../../support/vendor-forms.ts";

const NATIVE = [
  [anthropicClient, anthropicForm],
  [chatClient, chatForm],
  [responsesClient, responsesForm],
  [geminiClient, geminiForm],
] as const;

let gateway: LiveGateway;
const vendors = new Map<string, ScriptedVendor>();
const vendorOf = (type: string): ScriptedVendor => {
  const it = vendors.get(type);
  assert.ok(it);
  return it;
};

/** Sends to where a client of the dialect asks. */
function post(
  client: ClientForm,
  body: RequestInit["body"],
  more: Readonly<Record<string, string>> = {},
  path = client.ask("house-model", false).path,
) {
  const { headers } = client.ask("house-model", false);
  const all = { "content-type": "application/json", ...headers, ...client.keyed(CLIENT_KEY), ...more };
  return gateway.send(path, { method: "POST", headers: all, body, duplex: "half" } as RequestInit);
}

describe("a live gateway", () => {
  before(async () => {
    const providers: Record<string, object> = {};
    for (const [, form] of NATIVE) {
      const vendor = await scriptedVendor(answers(form, "hi"));
      vendors.set(form.type, vendor);
      const models = [`${form.type}-model`];
      providers[form.type] = providerAt(form, vendor.address, { models });
    }
    const server = { maxBodyMB: 1, keys: [CLIENT_KEY] };
    gateway = await liveGateway({ settings: { providers, server } });
  });
  after(async () => {
    for (const it of vendors.values()) await it.close();
    await gateway.stop();
  });

  for (const client of CLIENT_FORMS)
    describe(`a client of ${client.name}`, () => {
      for (const [what, headers] of [
        ["without a key", {}],
        ["with a key that is nobody's", client.keyed("whk-nobody-0123456789abcdef")],
        ["with a key that is too short", client.keyed("whk")],
      ] as const)
        it(`is refused ${what}`, async () => {
          const { path, body, headers: own } = client.ask("house-model", false);
          const sent = { method: "POST", headers: { ...own, ...headers }, body: JSON.stringify(body) };
          const answer = await gateway.send(path, sent);
          assert.equal(answer.status, 401);
          assert.match(String(client.error(await answer.json())?.message), /does not know this key/);
        });

      for (const [what, text] of [
        ["no JSON", "{"],
        ["no UTF-8", new Uint8Array([123, 34, 0xff, 0xfe, 34, 58, 49, 125])],
        ["a list", "[]"],
        ["nothing", ""],
        ["a word", '"hello"'],
        ["null", "null"],
        ["JSON without end", `${'{"a":'.repeat(300)}1${"}".repeat(300)}`],
      ] as const)
        it(`is told that a body is ${what}`, async () => {
          const answer = await post(client, text);
          assert.equal(answer.status, 400);
          assert.match(String(client.error(await answer.json())?.message), /the body/);
        });

      it("is told that a model is nobody's", async () => {
        const { status, body } = await gateway.ask(client, client.ask("nobody-serves-this", false));
        assert.equal(status, 404);
        assert.match(String(client.error(body)?.message), /nobody-serves-this/);
      });

      it("is told that a body is too large, whether its length was announced or not", async () => {
        const large = new Uint8Array(3 * 1024 * 1024).fill(32);
        const piecewise = new ReadableStream({
          pull(controller) {
            controller.enqueue(large.subarray(0, 65_536));
          },
        });
        for (const body of [large, piecewise]) {
          const answer = await post(client, body);
          assert.equal(answer.status, 413);
          const told = (await answer.json()) as Readonly<Record<string, unknown>>;
          assert.match(String(client.error(told)?.message), /larger than 1048576 bytes/);
          assert.equal("type" in told, client === anthropicClient);
        }
      });

      it("lists the models of all providers", async () => {
        const path = client === geminiClient ? "/v1beta/models" : "/v1/models?limit=1000";
        const answer = await gateway.send(path, { headers: client.keyed(CLIENT_KEY) });
        assert.equal(answer.status, 200);
        const listed = client.listed((await answer.json()) as Readonly<Record<string, unknown>>);
        for (const type of vendors.keys())
          assert.ok(listed.includes(`${type}-model`), `${type} in ${listed}`);
        assert.ok(listed.includes("offline"));
      });

      it("is answered by the offline model, without any vendor's key", async () => {
        for (const isStream of [false, true]) {
          const got = await gateway.ask(client, client.ask("offline", isStream, "hello there"));
          assert.equal(got.status, 200, got.raw);
          const said = isStream ? client.saidIn(got.events) : client.saidBy(got.body);
          assert.notEqual(said, "");
          assert.ok(!isStream || client.isFinished(got.events, got.raw));
        }
      });
    });

  for (const [path, client] of [
    ["/v1/messages/nothing", anthropicClient],
    ["/v1/complete", anthropicClient],
    ["/v1/chat/nothing", chatClient],
    ["/v1/embeddings", chatClient],
    ["/v1/responses/resp_1", responsesClient],
    ["/v1beta/models/gemini-3:embedContent", geminiClient],
  ] as const)
    it(`${path} is not there, in the words of ${client.name}`, async () => {
      const headers = client.keyed(CLIENT_KEY);
      const answer = await gateway.send(path, { method: "POST", headers, body: "{}" });
      assert.equal(answer.status, 404);
      assert.match(String(client.error(await answer.json())?.message), /there is no POST/);
    });

  describe("tokens of a request", () => {
    for (const [client, path, body] of [
      [anthropicClient, "/v1/messages/count_tokens", { messages: [{ role: "user", content: "hello" }] }],
      [responsesClient, "/v1/responses/input_tokens", { input: "hello" }],
      [
        geminiClient,
        "/v1beta/models/MODEL:countTokens",
        { contents: [{ role: "user", parts: [{ text: "hello" }] }] },
      ],
    ] as const) {
      const count = async (model: string) => {
        const sent = {
          method: "POST",
          headers: client.keyed(CLIENT_KEY),
          body: JSON.stringify({ ...body, ...(client !== geminiClient && { model }) }),
        };
        const answer = await gateway.send(path.replace("MODEL", model), sent);
        assert.equal(answer.status, 200);
        return client.tokens((await answer.json()) as Readonly<Record<string, unknown>>);
      };
      it(`are counted by the vendor for a client of ${client.name}`, async () => {
        vendorOf("anthropic").does(answersJson({ input_tokens: 4711 }));
        assert.equal(await count("anthropic-model"), 4711);
      });
      it(`are estimated for a client of ${client.name} where the vendor does not count`, async () => {
        for (const model of ["openai-chat-model", "offline"]) {
          const tokens = Number(await count(model));
          assert.ok(tokens > 0 && tokens < 100, `${tokens}`);
        }
      });
    }
  });

  describe("what the gateway says without a key", () => {
    it("is that it is there, also to those who ask for no more than the head", async () => {
      for (const path of ["/health", "/api/hello"])
        for (const method of ["GET", "HEAD"]) {
          const answer = await gateway.send(path, { method });
          assert.equal(answer.status, 200, `${method} ${path}`);
          assert.equal((await answer.text()) === "", method === "HEAD");
        }
    });
    it("is nothing of its counters", async () => {
      assert.equal((await gateway.send("/metrics")).status, 401);
      const headers = anthropicClient.keyed(CLIENT_KEY);
      assert.match(await (await gateway.send("/metrics", { headers })).text(), /wheelhouse_attempts_total/);
    });
  });

  describe("a request that is passed on", () => {
    for (const [client, form] of NATIVE) {
      const model = `${form.type}-model`;

      it(`comes to ${form.type} byte for byte`, async () => {
        vendorOf(form.type).does(answers(form, "hi"));
        const { path, body } = client.ask(model, false);
        const strange = ` ${JSON.stringify(body).slice(0, -1)} , "unknown": [1, 2.50, "\u00fc", {"model": "deep"}]}\n`;
        const answer = await post(client, strange, {}, path);
        assert.equal(answer.status, 200, await answer.text());
        assert.equal(vendorOf(form.type).heard.at(-1)?.text, strange);
      });

      it(`says nothing of the client to ${form.type}, and nothing of our key to the client`, async () => {
        vendorOf(form.type).does(
          answers(form, "hi", { "set-cookie": "a=b", "x-secret": "s", server: "theirs", "x-api-key": "k" }),
        );
        const { path, body } = client.ask(model, true);
        const answer = await gateway.send(path, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            ...client.keyed(CLIENT_KEY),
            "user-agent": "spy/1.0",
            cookie: "session=1",
            "x-forwarded-for": "10.0.0.1",
            forwarded: "for=10.0.0.1",
            "x-custom": "mine",
            "x-wheelhouse-project": "secret project",
            referer: "http://inner.example/",
          },
          body: JSON.stringify(body),
        });
        const raw = await answer.text();
        const heard = vendorOf(form.type).heard.at(-1);
        const sent = JSON.stringify(heard?.headers) + heard?.path;
        for (const it of [
          CLIENT_KEY,
          "spy/1.0",
          "session=1",
          "10.0.0.1",
          "mine",
          "secret project",
          "inner.example",
        ])
          assert.ok(!sent.includes(it), `${it} in ${sent}`);
        assert.equal(heard?.key, `sk-upstream-${form.type}-000001`);
        const shown = JSON.stringify([...answer.headers]) + raw;
        for (const it of ["sk-upstream", "set-cookie", "x-secret", "theirs", "127.0.0.1:"])
          assert.ok(!shown.includes(it), `${it} in ${shown}`);
      });
    }

    it("keeps what Claude Code needs: the query, betas and the version", async () => {
      vendorOf("anthropic").does(answers(anthropicForm, "hi"));
      const { body } = anthropicClient.ask("anthropic-model", false);
      await gateway.send("/v1/messages?beta=true", {
        method: "POST",
        headers: {
          ...anthropicClient.keyed(CLIENT_KEY),
          "anthropic-beta": "a-1,b-2",
          "anthropic-version": "2023-06-01",
        },
        body: JSON.stringify(body),
      });
      const heard = vendorOf("anthropic").heard.at(-1);
      assert.equal(heard?.path, "/v1/messages?beta=true");
      assert.equal(heard?.headers["anthropic-beta"], "a-1,b-2");
      assert.equal(heard?.headers["anthropic-version"], "2023-06-01");
    });

    for (const [client, form] of NATIVE) {
      const strange = [
        ": a comment\n\n",
        sse({ type: "house.unknown", model: "other", deep: { model: form.model } }, true),
        'event: ping\ndata: {"type": "ping"}\n\n',
        "id: 7\nretry: 10\n",
      ];
      it(`brings back the events of ${form.type} byte for byte, in their order`, async () => {
        const pieces = form.pieces("grüß 🦊 gott");
        const all = [pieces[0] ?? "", ...strange, ...pieces.slice(1)];
        vendorOf(form.type).does(streams(all));
        const got = await gateway.ask(client, client.ask(`${form.type}/${form.model}`, true));
        const expected = all.join("");
        const shown = got.raw.replaceAll(
          JSON.stringify(`${form.type}/${form.model}`),
          JSON.stringify(form.model),
        );
        assert.equal(shown, expected);
      });
    }
  });

  describe("a request whose connection breaks", () => {
    it("does no harm: the next is answered", async () => {
      const port = Number(new URL(gateway.address).port);
      const headers = { Host: `127.0.0.1:${port}`, "x-api-key": CLIENT_KEY, "Content-Length": "100" };
      const socket = connect(port, "127.0.0.1");
      await new Promise((resolve) => socket.write(`${headOf("POST", "/v1/messages", headers)}{`, resolve));
      socket.destroy();
      assert.equal((await gateway.send("/health")).status, 200);
    });
  });
});
