import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type StandIn, startStandIn } from "../support/stand-in/server.ts";
import { answers, says } from "../support/stand-in/turns.ts";
import { until } from "./support/window.ts";
import { withWindow } from "./support/with-window.ts";

const KEY = "sk-ant-another-key-that-must-be-found-nowhere";

describe("the page for models and keys", function () {
  let api: StandIn;
  before(async () => {
    api = await startStandIn({ script: () => answers(says("Hello from the model.")), key: KEY });
  });
  after(() => api?.close());
  const { editor, window, folder } = withWindow(this, () => ({
    settings: { "wheelhouse.anthropic.baseUrl": api.url, "wheelhouse.server": { port: 0 } },
  }));
  const page = () => window().editorPage;
  const key = (label: string, provider: string) =>
    page().getByRole("group", { name: `Key ${label} of ${provider}`, exact: true });
  const press = (name: string) => page().getByRole("button", { name, exact: true }).click();
  const settings = () =>
    JSON.parse(readFileSync(join(editor().state, "User/settings.json"), "utf8")) as Record<string, unknown>;
  async function give(secret: string): Promise<void> {
    await window().palette.locator("input").first().fill(secret);
    await window().page.keyboard.press("Enter");
  }

  it("shows that a vendor's key is missing, takes one and tries it", async () => {
    await window().run("Wheelhouse: Models and Keys");
    await key("own key", "anthropic").getByText("no key is set").waitFor();
    await window().shot("models-empty");
    await key("own key", "anthropic").getByRole("button", { name: "Set key" }).click();
    await give("sk-ant-wrong-key-of-somebody-else");
    await key("own key", "anthropic").getByText("healthy").waitFor();
    await key("own key", "anthropic").getByRole("button", { name: "Test" }).click();
    await key("own key", "anthropic")
      .getByText(/was refused/)
      .waitFor();
    await key("own key", "anthropic").getByRole("button", { name: "Set key" }).click();
    await give(KEY);
    await until("the key works", async () => {
      await key("own key", "anthropic").getByRole("button", { name: "Test" }).click();
      await key("own key", "anthropic")
        .getByText(/^It works: \d+ models are listed/)
        .waitFor({ timeout: 3000 });
      return true;
    });
  });

  it("adds a provider whose key stands in the secret storage alone", async () => {
    await page().getByRole("textbox", { name: "Name" }).fill("second");
    await page().getByRole("textbox", { name: "Address" }).fill(api.url);
    await press("Add provider");
    await give(KEY);
    await key("secret:second", "second").getByText("healthy").waitFor();
    assert.deepEqual(settings()["wheelhouse.providers"], {
      second: { type: "anthropic", baseUrl: api.url, keys: ["secret:second"] },
    });
    assert.deepEqual(await filesWith(KEY, editor().home, editor().state, folder()), []);
  });

  it("routes by a choice in its table, which the panel then offers first", async () => {
    const list = page().getByRole("combobox", { name: "Model for default" });
    await list.selectOption("second/claude-sonnet-5-5");
    await page()
      .getByRole("combobox", { name: "Fallback for default" })
      .selectOption("anthropic/claude-opus-5-5");
    await page().getByRole("button", { name: "Remove fallback anthropic/claude-opus-5-5" }).waitFor();
    assert.deepEqual(settings()["wheelhouse.routing"], {
      default: {
        provider: "second",
        model: "claude-sonnet-5-5",
        fallback: [{ provider: "anthropic", model: "claude-opus-5-5" }],
      },
    });
    await window().panel.getByRole("combobox", { name: "Model", exact: true }).click();
    await window().shot("models-picker");
    const first = window().panel.getByRole("option").filter({ hasText: "Auto" });
    await first.first().click();
    await window()
      .panel.getByRole("combobox", { name: "Model", exact: true })
      .filter({ hasText: "Auto" })
      .waitFor();
  });

  it("shows what was used, by day and by model, and hands it out", async () => {
    await window().say("Hello");
    await window().text("Hello from the model.").waitFor();
    await window().button("Stop").waitFor({ state: "hidden" });
    await page().getByRole("combobox", { name: "Group usage" }).selectOption("model");
    await page()
      .getByRole("row", { name: /claude-sonnet-5-5/ })
      .last()
      .waitFor();
    await page().getByRole("combobox", { name: "Group usage" }).selectOption("day");
    await page()
      .getByRole("img", { name: /Dollars by day/ })
      .waitFor();
    await page().getByRole("region", { name: "Usage" }).scrollIntoViewIfNeeded();
    await window().shot("models-usage");
    await press("Export CSV");
    await window().page.locator(".view-line").filter({ hasText: "name,requests,failures" }).first().waitFor();
  });

  it("starts the gateway for other programs, and stops it", async () => {
    await window().run("Wheelhouse: Models and Keys");
    await press("Start gateway");
    const listens = page().getByText(/It listens on/);
    await listens.waitFor();
    const address = /http:\S+/.exec((await listens.textContent()) ?? "")?.[0] ?? "";
    await window()
      .page.getByRole("button", { name: `model gateway listens on ${address}` })
      .waitFor();
    assert.equal((await fetch(`${address}/health`)).status, 200);
    const own = readFileSync(join(editor().home, "gateway-key"), "utf8").trim();
    assert.equal(await answerOf(address, own), "Hello from the model.");
    assert.match(await answerOf(address, "whk-nobody-has-this-key"), /authentication_error/);
    await press("Copy key");
    await page().getByText("The gateway's key is on the clipboard.").waitFor();
    await window().shot("models-gateway");
    await press("Stop gateway");
    await page()
      .getByText(/It does not run/)
      .waitFor();
    await assert.rejects(fetch(`${address}/health`));
  });

  it("starts and stops the gateway from the palette, too", async () => {
    await window().run("Wheelhouse: Start Model Gateway");
    await window()
      .page.getByText(/model gateway listens on http/)
      .first()
      .waitFor();
    await window().run("Wheelhouse: Stop Model Gateway");
    await window()
      .page.getByText(/model gateway was stopped/)
      .first()
      .waitFor();
  });

  it("chooses a model of any provider from the palette", async () => {
    await window().run("Wheelhouse: Choose Model");
    const names = window().palette.getByRole("option");
    assert.match((await names.first().getAttribute("aria-label")) ?? "", /^Auto/);
    await window().shot("models-quick-pick");
    await window()
      .palette.getByRole("option", { name: /opus 5 5/i })
      .first()
      .click();
    await window()
      .panel.getByRole("combobox", { name: "Model", exact: true })
      .filter({ hasText: /opus/i })
      .waitFor();
  });

  it("removes keys and providers once that is confirmed", async () => {
    const confirm = () => window().page.getByRole("button", { name: "Remove", exact: true }).last().click();
    await key("own key", "anthropic").getByRole("button", { name: "Remove" }).click();
    await confirm();
    await key("own key", "anthropic").getByText("no key is set").waitFor();
    await page().getByRole("combobox", { name: "Model for default" }).selectOption("");
    await press("Remove provider");
    await confirm();
    await until("the settings are as before", () => {
      const { "wheelhouse.providers": providers, "wheelhouse.routing": routing } = settings();
      return providers === undefined && routing === undefined;
    });
    await window().run("Wheelhouse: Remove API Key");
    await window().page.getByText("The API key was removed").first().waitFor();
  });
});

/** What the gateway answers over the Messages API: the text, or the error. */
async function answerOf(address: string, key: string): Promise<string> {
  const answer = await fetch(`${address}/v1/messages`, {
    method: "POST",
    headers: { "x-api-key": key, "content-type": "application/json", "anthropic-version": "2023-06-01" },
    body: JSON.stringify({
      model: "claude-sonnet-5-5",
      max_tokens: 100,
      messages: [{ role: "user", content: "Hello" }],
    }),
  });
  const text = await answer.text();
  const { content } = JSON.parse(text) as { readonly content?: readonly { readonly text?: string }[] };
  return content?.map((it) => it.text ?? "").join("") ?? text;
}

async function filesWith(text: string, ...places: readonly string[]): Promise<readonly string[]> {
  return places.flatMap((place) => {
    try {
      return execFileSync("grep", ["-rlaF", "--", text, place], { encoding: "utf8" }).split("\n");
    } catch {
      // Exit code 1: there is none.
      return [];
    }
  });
}
