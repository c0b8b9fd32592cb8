import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, it } from "mocha";
import { anthropicClient, chatClient } from "../../support/client-forms.ts";
import { type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { answersJson, type ScriptedVendor, scriptedVendor } from "../../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../../support/vendor-forms.ts";

const MODEL = anthropicForm.model;
const WHOLE = JSON.stringify({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: MODEL,
  content: [{ type: "text", text: "said" }],
  stop_reason: "end_turn",
  usage: { input_tokens: 1, output_tokens: 1 },
});

describe("a live gateway and what vendors do", () => {
  let gateway: LiveGateway;
  let vendor: ScriptedVendor;

  beforeEach(async () => {
    vendor = await scriptedVendor(answers(anthropicForm, "served"));
    gateway = await liveGateway({
      settings: { providers: { main: providerAt(anthropicForm, vendor.address) } },
    });
  });
  afterEach(async () => {
    await vendor.close();
    await gateway.stop();
  });

  it("lets no client feel that a vendor has closed a connection that was idle", async () => {
    const used = new Set<unknown>();
    vendor.does((request, response) => {
      if (used.has(response.socket)) return void response.socket?.destroy();
      used.add(response.socket);
      return answers(anthropicForm, "served")(request, response);
    });
    for (let it = 0; it < 6; it++) {
      const got = await gateway.ask(anthropicClient, anthropicClient.ask(MODEL, it % 2 === 0));
      assert.equal(got.status, 200, got.raw);
    }
    assert.equal((await gateway.attemptsOf(6)).filter((it) => it.failure !== "").length, 0);
  });

  it("tells of a connection that never answers, instead of trying for ever", async () => {
    vendor.does((_, response) => response.socket?.destroy());
    const got = await gateway.ask(anthropicClient, anthropicClient.ask(MODEL, true));
    assert.equal(got.status, 502);
    assert.ok(vendor.heard.length <= 2);
  });

  for (const isStream of [false, true])
    for (const id of ["caf\u00e9 \u20ac", "x".repeat(2_000)])
      it(`answers with its own id where a vendor's cannot stand in a header (stream: ${isStream}, ${id.slice(0, 4)})`, async () => {
        vendor.does((_, response) => {
          const [type, body] = isStream
            ? ["text/event-stream", anthropicForm.pieces("said").join("")]
            : ["application/json", WHOLE];
          response.socket?.end(
            `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nrequest-id: ${id}\r\nconnection: close\r\n\r\n${body}`,
          );
        });
        const got = await gateway.ask(anthropicClient, anthropicClient.ask(MODEL, isStream));
        assert.equal(got.status, 200, got.raw);
        assert.match(String(got.headers.get("request-id")), /^[a-z0-9]+$/);
      });

  for (const [packing, pack] of [
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ] as const)
    for (const client of [anthropicClient, chatClient])
      it(`unpacks ${packing} from a vendor that packs unasked, for a client of ${client.name}`, async () => {
        vendor.does((_, response) => {
          response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": packing });
          response.end(pack(Buffer.from(anthropicForm.pieces("packed words").join(""))));
        });
        const got = await gateway.ask(client, client.ask(MODEL, true));
        assert.equal(client.saidIn(got.events), "packed words");
        assert.ok(client.isFinished(got.events, got.raw));
        vendor.does((_, response) => {
          response.writeHead(400, { "content-type": "application/json", "content-encoding": packing });
          response.end(
            pack(Buffer.from('{"type":"error","error":{"type":"invalid_request_error","message":"why"}}')),
          );
        });
        const refused = await gateway.ask(client, client.ask(MODEL, true));
        assert.match(String(client.error(refused.body)?.message), /why/);
      });

  it("hands the vendor's own error on to those who read its form, when their request was at fault", async () => {
    const error = {
      type: "invalid_request_error",
      message: "no",
      details: { error_code: "credits_required", x: [1] },
    };
    const body = ` ${JSON.stringify({ type: "error", error, request_id: "req_up" })}`;
    vendor.does(answersJson(body, 400, { "request-id": "req_up" }));
    const got = await gateway.ask(anthropicClient, anthropicClient.ask(MODEL, false));
    assert.equal(got.raw, body);
    const other = await gateway.ask(chatClient, chatClient.ask(MODEL, false));
    assert.match(String(chatClient.error(other.body)?.message), /no/);
  });

  it("tells in the client's form what a host says that only resembles its vendor", async () => {
    for (const body of ['{"detail":"not this way"}', "<html>not this way</html>", '"not this way"']) {
      vendor.does(answersJson(body, 400));
      const got = await gateway.ask(anthropicClient, anthropicClient.ask(MODEL, false));
      assert.equal(got.status, 400);
      assert.match(String(anthropicClient.error(got.body)?.message), /not this way/);
    }
  });

  it("hands no error on in which a key stands", async () => {
    const message = "model not found for sk-ant-api03-abcdefgh12345678";
    vendor.does(answersJson({ type: "error", error: { type: "not_found_error", message } }, 404));
    for (const client of [anthropicClient, chatClient]) {
      const got = await gateway.ask(client, client.ask(MODEL, false));
      assert.ok(!got.raw.includes("abcdefgh12345678"), got.raw);
      gateway.router.providers[0]?.pool.restore("main#1");
    }
  });
});
