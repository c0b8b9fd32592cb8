import assert from "node:assert/strict";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, it } from "mocha";
import { anthropicClient, chatClient } from "../../support/client-forms.ts";
import { CLIENT_KEY, type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { headOf, rawRequest } from "../../support/raw-request.ts";
import {
  answersJson,
  type ScriptedVendor,
  scriptedVendor,
  streams,
  streamsAndBreaks,
  streamsAndHangs,
} from "../../support/scripted-vendor.ts";
import { answers, anthropicForm, chatForm, sse } from "../../support/vendor-forms.ts";

let gateway: LiveGateway;
let vendor: ScriptedVendor;
const target = { provider: "main", model: anthropicForm.model };

describe("a gateway among the hostile", () => {
  beforeEach(async () => {
    vendor = await scriptedVendor(answers(anthropicForm, "hi"));
    gateway = await liveGateway({
      settings: {
        providers: { main: providerAt(anthropicForm, vendor.address) },
        routing: { default: target, background: target },
      },
    });
  });
  afterEach(async () => {
    await vendor.close();
    await gateway.stop();
  });

  const portOf = () => Number(new URL(gateway.address).port);
  const upgrade = () =>
    headOf("GET", "/v1/realtime", {
      host: `127.0.0.1:${portOf()}`,
      connection: "Upgrade",
      upgrade: "websocket",
    });

  it("outlives a connection that is reset in the middle of an upgrade", async () => {
    const went: unknown[] = [];
    const hear = (error: unknown) => void went.push(error);
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException").on("uncaughtException", hear);
    for (let at = 0; at < 10; at++)
      await new Promise<void>((resolve) => {
        const socket = connect(portOf(), "127.0.0.1");
        socket.on("error", () => undefined);
        socket.on("close", () => resolve());
        socket.once("data", () => socket.resetAndDestroy());
        socket.write(upgrade());
      });
    assert.equal((await gateway.ask(anthropicClient, anthropicClient.ask("m", false))).status, 200);
    process.removeAllListeners("uncaughtException");
    for (const it of others) process.on("uncaughtException", it);
    assert.deepEqual(went, []);
  });

  it("answers a request that offers another protocol, as Java's client does, in this one", async () => {
    const { path, body, headers } = anthropicClient.ask("m", false);
    const text = JSON.stringify(body);
    const head = headOf("POST", path, {
      ...headers,
      ...anthropicClient.keyed(CLIENT_KEY),
      host: `127.0.0.1:${portOf()}`,
      connection: "Upgrade, HTTP2-Settings",
      upgrade: "h2c",
      "http2-settings": "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
      "content-length": String(text.length),
    });
    assert.equal((await rawRequest(portOf(), [head, text])).status, 200);
  });

  for (const [what, id] of [
    ["two lines", "a\nb"],
    ["signs that no header has", "ü🦊"],
    ["more than a header holds", "x".repeat(100_000)],
  ] as const)
    it(`refuses as the vendor did, and goes on, when the id of its request is ${what}`, async () => {
      const error = { type: "invalid_request_error", message: "no" };
      vendor.does(answersJson({ type: "error", error, request_id: id }, 400));
      assert.equal((await gateway.ask(anthropicClient, anthropicClient.ask("m", false))).status, 400);
      vendor.does(answers(anthropicForm, "hi"));
      assert.equal((await gateway.ask(anthropicClient, anthropicClient.ask("m", false))).status, 200);
      const [failed] = await gateway.attemptsOf(2);
      assert.equal(failed?.requestId, "");
    });

  it("leaves a vendor that failed before it said a word and does not end", async () => {
    const error = { type: "error", error: { type: "invalid_request_error", message: "no" } };
    vendor.does(streamsAndHangs([`event: error\ndata: ${JSON.stringify(error)}\n\n`]));
    assert.equal((await gateway.ask(chatClient, chatClient.ask("m", true))).status, 400);
    assert.equal(await vendor.heard[0]?.ended, false);
  });

  for (const [client, form, more] of [
    [anthropicClient, anthropicForm, { temperature: 0 }],
    [chatClient, chatForm, { temperature: 0 }],
  ] as const)
    it(`keeps no stream of ${client.name} for others that broke off before its last words`, async () => {
      const server = { responseCache: true };
      const providers = { main: providerAt(form, vendor.address) };
      const cached = await liveGateway({ settings: { providers, server } });
      const sent = client.ask(form.model, true);
      const asked = { ...sent, body: { ...sent.body, ...more } };
      vendor.does(streamsAndBreaks(form.pieces("hello").slice(0, -1)));
      assert.equal((await cached.ask(client, asked)).status, 200);
      vendor.does(answers(form, "hello"));
      const [second, third] = [await cached.ask(client, asked), await cached.ask(client, asked)];
      assert.deepEqual(
        [second, third].map((it) => it.headers.get("x-wheelhouse-cache")),
        ["miss", "hit"],
      );
      assert.equal(third.raw, second.raw);
      await cached.stop();
    });

  it("shows that several answers in one stream were cut, although one of them was whole", async () => {
    const providers = { main: providerAt(chatForm, vendor.address) };
    const chat = await liveGateway({ settings: { providers } });
    const choice = (index: number, content: string, finish_reason: string | null) =>
      sse(
        { object: "chat.completion.chunk", choices: [{ index, delta: { content }, finish_reason }] },
        false,
      );
    const pieces = [choice(0, "a", null), choice(1, "b", null), choice(0, "", "stop"), choice(1, "c", null)];
    vendor.does(streamsAndBreaks(pieces));
    const sent = chatClient.ask(chatForm.model, true);
    const got = await chat.ask(chatClient, { ...sent, body: { ...sent.body, n: 2 } });
    assert.ok(got.isCut || got.events.some((it) => chatClient.error(it) !== undefined), got.raw);
    const [attempt] = await chat.attemptsOf(1);
    assert.equal(attempt?.failure, "network");
    await chat.stop();
  });

  const long = "x".repeat(2_000);
  for (const [what, body, headers, status] of [
    ["of a model is refused", { model: long }, {}, 400],
    ["of a project is refused", {}, { "x-wheelhouse-project": long }, 400],
    ["of a session is none", {}, { "x-wheelhouse-session": long }, 200],
    ["of a session in the body is none", { metadata: { user_id: long } }, {}, 200],
  ] as const)
    it(`keeps no names that are longer than names: that ${what}`, async () => {
      const sent = anthropicClient.ask("m", false);
      const asked = { ...sent, headers: { ...sent.headers, ...headers }, body: { ...sent.body, ...body } };
      const got = await gateway.ask(anthropicClient, asked);
      assert.equal(got.status, status);
      if (status === 400) return assert.match(got.raw, /longer than 1000 characters/);
      const [attempt] = await gateway.attemptsOf(1);
      assert.equal(attempt?.session, "");
    });

  for (const type of ["text/plain", "application/json", "application/octet-stream"])
    it(`passes a stream on that a vendor sends as ${type}, and counts it`, async () => {
      vendor.does(streams(anthropicForm.pieces("hello"), { "content-type": type }));
      const got = await gateway.ask(anthropicClient, anthropicClient.ask("m", true));
      assert.equal(anthropicClient.saidIn(got.events), "hello");
      assert.match(got.headers.get("content-type") ?? "", /event-stream/);
      const [attempt] = await gateway.attemptsOf(1);
      assert.deepEqual([attempt?.failure, attempt?.usage.output], ["", 7]);
    });

  for (const form of [anthropicForm, chatForm])
    for (const status of [400, 401, 429, 500])
      it(`shows nobody the key that ${form.type} quotes in a refusal with ${status}`, async () => {
        // Of a shape that nobody knows for a key.
        const key = "company.key/4711-deadbeef";
        const main = providerAt(form, vendor.address, { keys: [key, `${key}-2`] });
        const quoting = await liveGateway({ settings: { providers: { main } } });
        vendor.does((request, response) => {
          const error = { type: "some_error", message: `bad key ${request.key}` };
          return answersJson({ type: "error", error }, status)(request, response);
        });
        for (const client of [anthropicClient, chatClient]) {
          const got = await quoting.ask(client, client.ask(form.model, false));
          assert.doesNotMatch(got.raw, /4711/);
        }
        assert.doesNotMatch(quoting.told.join(), /4711/);
        const reasons = quoting.router.providers[0]?.pool.instances.map((it) => it.health.reason);
        assert.doesNotMatch(String(reasons), /4711/);
        await quoting.stop();
      });
});
