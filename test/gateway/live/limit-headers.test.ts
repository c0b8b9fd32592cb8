import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { anthropicClient, CLIENT_FORMS, type ClientForm } from "../../support/client-forms.ts";
import { type LiveGateway, liveGateway, providerAt } from "../../support/gateway.ts";
import { type ScriptedVendor, scriptedVendor } from "../../support/scripted-vendor.ts";
import {
  answers,
  anthropicForm,
  chatForm,
  VENDOR_FORMS,
  type VendorForm,
} from "../../support/vendor-forms.ts";

const TOLD = {
  "anthropic-ratelimit-requests-remaining": "49",
  "anthropic-ratelimit-requests-reset": "2026-11-30T02:00:00Z",
  "x-ratelimit-remaining-tokens": "149984",
  "x-ratelimit-reset-tokens": "6ms",
};
const OTHERS = {
  "anthropic-organization-id": "org-1",
  "set-cookie": "a=b",
  "x-ratelimit-strange": "caf\xe9",
  server: "cloud",
};

describe("the rate limits that a vendor tells", () => {
  let gateway: LiveGateway;
  let vendor: ScriptedVendor;
  afterEach(async () => {
    await gateway.stop();
    await vendor.close();
  });

  async function open(form: VendorForm, keys: readonly string[], more: object = {}): Promise<void> {
    vendor = await scriptedVendor(answers(form, "served", { ...TOLD, ...OTHERS }));
    const main = providerAt(form, vendor.address, { keys });
    gateway = await liveGateway({ settings: { providers: { main }, ...more } });
  }

  /** Headers of an answer that are the vendor's, beyond what every answer has. */
  async function told(client: ClientForm, form: VendorForm, isStream: boolean): Promise<object> {
    const { status, headers } = await gateway.ask(client, client.ask(form.model, isStream));
    assert.equal(status, 200);
    const names = [...Object.keys(TOLD), ...Object.keys(OTHERS)].filter((it) => headers.has(it));
    return Object.fromEntries(names.map((it) => [it, headers.get(it)]));
  }

  for (const client of CLIENT_FORMS)
    for (const isStream of [false, true]) {
      const form = VENDOR_FORMS.find((it) => it.type === client.native) ?? anthropicForm;
      const what = `a client of ${client.name} with ${isStream ? "a stream" : "an answer"}`;
      it(`come to ${what}, and nothing else, where there is one key`, async () => {
        await open(form, ["sk-upstream-1"]);
        assert.deepEqual(await told(client, form, isStream), TOLD);
      });

      it(`do not come to ${what} where several keys share the work`, async () => {
        await open(form, ["sk-upstream-1", "sk-upstream-2"]);
        assert.deepEqual(await told(client, form, isStream), {});
      });
    }

  it("do not come through a translation, whose client knows other words", async () => {
    await open(chatForm, ["sk-upstream-1"]);
    assert.deepEqual(await told(anthropicClient, chatForm, false), {});
  });

  it("do not come from one that was asked instead", async () => {
    await open(anthropicForm, ["sk-upstream-1"]);
    const target = (provider: string) => ({ provider, model: anthropicForm.model });
    const [main, other] = ["sk-main", "sk-other"].map((key) =>
      providerAt(anthropicForm, vendor.address, { keys: [key] }),
    );
    gateway.use({
      providers: { main, other },
      routing: { default: { ...target("main"), fallback: [target("other")] } },
    });
    vendor.does((request, response) =>
      request.key === "sk-main"
        ? anthropicForm.refuses(529, "busy")(request, response)
        : answers(anthropicForm, "served", TOLD)(request, response),
    );
    assert.deepEqual(await told(anthropicClient, anthropicForm, false), {});
  });
});
