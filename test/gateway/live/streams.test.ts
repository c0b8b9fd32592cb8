import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, it } from "mocha";
import {
  anthropicClient,
  CLIENT_FORMS,
  type ClientForm,
  chatClient,
  eventsIn,
  responsesClient,
} from "../../support/client-forms.ts";
import { CLIENT_KEY, type LiveGateway, liveGateway, providerAt, read } from "../../support/gateway.ts";
import { headOf } from "../../support/raw-request.ts";
import { type ScriptedVendor, scriptedVendor, streamsAndHangs } from "../../support/scripted-vendor.ts";
import {
  answers,
  anthropicForm,
  chatForm,
  responsesForm,
  sse,
  VENDOR_FORMS,
  type VendorForm,
} from "../../support/vendor-forms.ts";

let gateway: LiveGateway;
let vendor: ScriptedVendor;

/** Routing to the one provider there is. */
function settingsFor(form: VendorForm, name = "main") {
  const target = { provider: name, model: form.model };
  return {
    providers: { [name]: providerAt(form, vendor.address) },
    routing: { default: target, background: target },
  };
}

describe("streams of a live gateway", () => {
  beforeEach(async () => {
    vendor = await scriptedVendor(answers(anthropicForm, "hi"));
    gateway = await liveGateway({ settings: settingsFor(anthropicForm) });
  });
  afterEach(async () => {
    await vendor.close();
    await gateway.stop();
  });

  /** Begins a stream and resolves with its answer when it has begun. */
  function begin(client: ClientForm, signal?: AbortSignal): Promise<Response> {
    const { path, headers, body } = client.ask("house-model", true);
    return gateway.send(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers, ...client.keyed(CLIENT_KEY) },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  }

  describe("a client that goes away", () => {
    for (const client of CLIENT_FORMS)
      for (const form of VENDOR_FORMS) {
        const isChat = client === chatClient && form === responsesForm;
        const pieces = (isChat ? chatForm : form).pieces("a long answer");
        const begun = pieces.slice(0, Math.max(1, pieces.length - 3));

        it(`ends what it asked of ${form.type} as ${client.name}, and is recorded once`, async () => {
          gateway.use(settingsFor(form));
          vendor.does(streamsAndHangs(begun, { "content-type": form.streamType }));
          const going = new AbortController();
          const answer = await begin(client, going.signal);
          await answer.body?.getReader().read();
          going.abort();
          assert.equal(await vendor.heard[0]?.ended, false);
          const attempts = await gateway.attemptsOf(1);
          assert.deepEqual(
            attempts.map((it) => it.failure),
            ["stopped"],
          );
        });
      }

    it("ends what it asked also before anything was answered", async () => {
      for (const isStream of [true, false]) {
        vendor.does(() => undefined);
        const going = new AbortController();
        const asked = gateway.ask(
          anthropicClient,
          anthropicClient.ask("house-model", isStream),
          going.signal,
        );
        const heard = await vendor.next();
        going.abort();
        await assert.rejects(asked);
        assert.equal(await heard.ended, false);
      }
      const attempts = await gateway.attemptsOf(2);
      assert.deepEqual(
        attempts.map((it) => it.failure),
        ["stopped", "stopped"],
      );
      assert.equal(gateway.router.providers[0]?.pool.instances[0]?.health.state, "healthy");
      assert.equal(gateway.router.providers[0]?.pool.instances[0]?.inFlight, 0);
    });

    it("keeps the tokens that were told before it went", async () => {
      vendor.does(streamsAndHangs(anthropicForm.pieces("a long answer").slice(0, 3)));
      const going = new AbortController();
      const answer = await begin(anthropicClient, going.signal);
      await answer.body?.getReader().read();
      going.abort();
      const [attempt] = await gateway.attemptsOf(1);
      assert.deepEqual([attempt?.usage.input, attempt?.usage.output], [20, 1]);
      assert.ok(attempt?.cost !== undefined && attempt.cost > 0);
    });
  });

  describe("a client that reads slowly", () => {
    for (const [client, form] of [
      [anthropicClient, anthropicForm],
      [responsesClient, anthropicForm],
    ] as const)
      it(`makes the vendor wait, and loses nothing (${client.name})`, async () => {
        const [count, size] = [800, 65_536];
        let written = 0;
        vendor.does(async (_, response) => {
          response.writeHead(200, { "content-type": "text/event-stream" });
          const [start = "", open = "", ping = "", , , ...end] = form.pieces("");
          for (const it of [start, open, ping]) response.write(it);
          const delta = { type: "text_delta", text: "x".repeat(size) };
          const piece = sse({ type: "content_block_delta", index: 0, delta }, true);
          for (; written < count; written++)
            if (!response.write(piece)) await new Promise((resolve) => response.once("drain", resolve));
          for (const it of end) response.write(it);
          response.end();
        });
        const answer = await begin(client);
        await standsStill(() => written);
        assert.ok(written * size < 32 * 1024 * 1024, `${written} pieces were taken ahead of the client`);
        const { raw, isCut } = await read(answer);
        assert.ok(!isCut);
        assert.equal(client.saidIn(eventsIn(raw)).length, count * size);
        // Fifty megabytes through four connections.
      }).timeout(60_000);
  });

  /** Resolves when a count has not changed for a while. */
  async function standsStill(count: () => number): Promise<void> {
    for (let same = 0, last = -1; same < 20; same = count() === last ? same + 1 : 0) {
      last = count();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A stream under way whose second half waits for `goOn`. */
  async function underWay(client: ClientForm) {
    const going = Promise.withResolvers<void>();
    const pieces = anthropicForm.pieces("first half, second half");
    vendor.does(async (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const it of pieces.slice(0, 4)) response.write(it);
      await going.promise;
      for (const it of pieces.slice(4)) response.write(it);
      response.end();
    });
    const answer = await begin(client);
    return { goOn: going.resolve, rest: read(answer) };
  }

  describe("what is under way", () => {
    it("goes on as it began when the settings change", async () => {
      const { goOn, rest } = await underWay(anthropicClient);
      const other = await scriptedVendor(answers(chatForm, "other"));
      const target = { provider: "other", model: "gpt-6-sol" };
      const providers = { other: providerAt(chatForm, other.address) };
      gateway.use({ providers, routing: { default: target, background: target } });
      const next = await gateway.ask(anthropicClient, anthropicClient.ask("house-model", true));
      assert.equal(anthropicClient.saidIn(next.events), "other");
      goOn();
      const { raw, isCut } = await rest;
      assert.equal(anthropicClient.saidIn(eventsIn(raw)), "first half, second half");
      assert.ok(!isCut);
      await other.close();
    });

    it("goes on when settings come that make no sense, and so does everything else", async () => {
      const { goOn, rest } = await underWay(anthropicClient);
      gateway.use({ ...settingsFor(anthropicForm), budget: { perDay: "much" }, server: 7 } as object);
      vendor.does(answers(anthropicForm, "still here"));
      const next = await gateway.ask(anthropicClient, anthropicClient.ask("house-model", true));
      assert.equal(anthropicClient.saidIn(next.events), "still here");
      assert.match(gateway.told.join("\n"), /budget.perDay: must be a number/);
      goOn();
      assert.match((await rest).raw, /message_stop/);
    });

    it("is finished before the gateway ends, and nothing new is taken", async () => {
      const { goOn, rest } = await underWay(anthropicClient);
      const stopped = gateway.stop();
      await assert.rejects(gateway.send("/health"));
      goOn();
      const { raw, isCut } = await rest;
      assert.ok(!isCut);
      assert.ok(anthropicClient.isFinished(eventsIn(raw), raw));
      await stopped;
      gateway = await liveGateway({ settings: {} });
    });
  });

  describe("a connection that is kept open", () => {
    it("carries one answer after another, and answers to requests that were sent before", async () => {
      const port = Number(new URL(gateway.address).port);
      const body = Buffer.from(JSON.stringify(anthropicClient.ask("house-model", false).body));
      const headers = {
        Host: `127.0.0.1:${port}`,
        "x-api-key": CLIENT_KEY,
        "Content-Length": `${body.length}`,
      };
      const request = headOf("POST", "/v1/messages", headers) + body;
      const socket = connect(port, "127.0.0.1");
      socket.write(request + request);
      let text = "";
      for await (const it of socket) {
        text += it;
        if (text.split('"stop_reason":"end_turn"').length === 3) break;
      }
      assert.equal(text.match(/HTTP\/1\.1 200/g)?.length, 2);
    });
  });
});
