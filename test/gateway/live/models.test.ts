import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import {
  anthropicClient,
  CLIENT_FORMS,
  type ClientForm,
  chatClient,
  geminiClient,
  responsesClient,
} from "../../support/client-forms.ts";
import { CLIENT_KEY, type LiveGateway, liveGateway } from "../../support/gateway.ts";
import { headOf, rawRequest } from "../../support/raw-request.ts";

let gateway: LiveGateway;

describe("a live gateway and single models", () => {
  before(async () => {
    const given = { type: "openai-chat", baseUrl: "http://127.0.0.1:9/v1" };
    const models = [{ id: "deep/seek:8b", contextWindow: 5_000 }, "plain"];
    const providers = { first: { ...given, models }, second: { ...given, models: ["plain"] } };
    gateway = await liveGateway({ settings: { providers } });
  });
  after(() => gateway.stop());

  async function get(client: ClientForm, path: string) {
    const answer = await gateway.send(path, { headers: client.keyed(CLIENT_KEY) });
    return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> };
  }

  const bases = (client: ClientForm) =>
    client === geminiClient ? ["/v1beta/models", "/v1/models"] : ["/v1/models"];
  const nameOf = ({ id, name }: Readonly<Record<string, unknown>>) => id ?? name;
  const shown = (client: ClientForm, id: string) => (client === geminiClient ? `models/${id}` : id);

  for (const client of CLIENT_FORMS) {
    for (const [what, asked] of [
      ["by its name", "plain"],
      ["by its provider, the first", "first/plain"],
      ["by its provider, another", "second/plain"],
      ["with signs in its name", "deep/seek:8b"],
      ["of our own", "offline"],
    ] as const)
      it(`describes to a client of ${client.name} a model ${what}`, async () => {
        for (const base of bases(client))
          for (const path of [`${base}/${asked}`, `${base}/${encodeURIComponent(asked)}`]) {
            const { status, body } = await get(client, path);
            assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
            assert.equal(nameOf(body), shown(client, asked));
          }
      });

    it(`tells a client of ${client.name} of a model as its list does`, async () => {
      const [base] = bases(client);
      const one = await get(client, `${base}/deep%2Fseek:8b`);
      const { body } = await get(client, base ?? "");
      const all = (body["data"] ?? body["models"]) as readonly Readonly<Record<string, unknown>>[];
      assert.deepEqual(
        one.body,
        all.find((it) => nameOf(it) === shown(client, "deep/seek:8b")),
      );
    });

    it(`tells a client of ${client.name} that there is no such model`, async () => {
      const { status, body } = await get(client, `${bases(client)[0]}/nobody-has-this`);
      assert.equal(status, 404);
      assert.match(String(client.error(body)?.message), /nobody-has-this/);
    });

    it(`describes nothing to a client of ${client.name} without a key`, async () => {
      const { headers } = client.ask("plain", false);
      const own = client === geminiClient ? { "x-goog-api-key": "no" } : headers;
      const answer = await gateway.send(`${bases(client)[0]}/plain`, { headers: own });
      assert.equal(answer.status, 401);
    });
  }
});

describe("what a page of a browser asks of a live gateway", () => {
  before(async () => {
    gateway = await liveGateway({ settings: {} });
  });
  after(() => gateway.stop());

  for (const [client, path] of [
    [anthropicClient, "/v1/messages"],
    [chatClient, "/v1/chat/completions"],
    [responsesClient, "/v1/responses"],
    [geminiClient, "/v1beta/models/m:generateContent"],
  ] as const)
    for (const [what, headers, status] of [
      ["by a name that only points here", { host: "evil.example" }, 403],
      ["from another origin", { origin: "https://evil.example" }, 403],
      ["with two keys", { authorization: ["Bearer a", "Bearer b"] }, 401],
    ] as const)
      it(`is refused in the words of ${client.name}: ${what}`, async () => {
        const { host, port } = new URL(gateway.address);
        const head = headOf("POST", path, { host, "content-length": "2", ...headers });
        const answer = await rawRequest(Number(port), [head, "{}"]);
        assert.equal(answer.status, status);
        const body = JSON.parse(answer.body);
        assert.notEqual(client.error(body)?.message ?? "", "", answer.body);
        const type = String(client.error(body)?.type);
        assert.match(type, status === 403 ? /permission|PERMISSION/ : /auth|UNAUTH|invalid_api_key/);
      });
});
