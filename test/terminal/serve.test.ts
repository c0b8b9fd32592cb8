import assert from "node:assert/strict";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { anthropicClient, eventsIn } from "../support/client-forms.ts";
import { providerAt, read } from "../support/gateway.ts";
import { type ScriptedVendor, scriptedVendor, streamsAndHangs } from "../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../support/vendor-forms.ts";
import { type Place, place } from "./wheelhouse.ts";

const KEY = "whk-config-0123456789abcdef";
const MODEL = anthropicForm.model;

let at: Place;
let vendor: ScriptedVendor;
let running: ChildProcessWithoutNullStreams | undefined;

beforeEach(async () => {
  at = await place();
  vendor = await scriptedVendor(answers(anthropicForm, "first"));
});
afterEach(async () => {
  running?.kill("SIGKILL");
  await vendor.close();
  await at.remove();
});

/** `wheelhouse serve` on a free port, when it listens. */
async function serving(...given: readonly string[]) {
  const child = at.start(["serve", "--port", "0", ...given]);
  running = child;
  let [out, err] = ["", ""];
  child.stdout.on("data", (it) => {
    out += it;
  });
  child.stderr.on("data", (it) => {
    err += it;
  });
  await until(
    () => out.includes("Ctrl+C"),
    () => err,
  );
  const address = /http:\/\/\S+/.exec(out)?.[0] ?? "";
  return { child, address, out, told: () => err };
}

async function until(holds: () => boolean, why: () => string): Promise<void> {
  for (let it = 0; !holds(); it++) {
    assert.ok(it < 2_000, why());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function ask(address: string, key: string): Promise<Response> {
  const { path, body } = anthropicClient.ask(MODEL, true);
  const headers = anthropicClient.keyed(key);
  return fetch(address + path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function said(answer: Response): Promise<string> {
  return anthropicClient.saidIn(eventsIn((await read(answer)).raw));
}

const config = (more: object = {}) =>
  JSON.stringify({
    providers: { main: providerAt(anthropicForm, vendor.address) },
    server: { keys: [KEY] },
    ...more,
  });

describe("wheelhouse serve", () => {
  it("says which keys nobody can come with", async () => {
    const path = join(at.project, "keys.json");
    const keys = [KEY, { key: "env:NO_SUCH_KEY", name: "ann" }, { key: "short", name: "ben" }];
    await writeFile(path, config({ server: { keys } }));
    const { out, told } = await serving("--config", path);
    assert.match(out, /1 client has a key/);
    assert.match(told(), /the variable NO_SUCH_KEY of "ann" is not set/);
    assert.match(told(), /the key of "ben" is shorter than 16 characters/);
  });

  it("has a key of its own that only this person can read, and serves the offline model without any other", async () => {
    const { address, out } = await serving();
    const path = join(at.home, "gateway-key");
    assert.ok(out.includes(path));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const key = (await readFile(path, "utf8")).trim();
    const { body } = anthropicClient.ask("offline", false);
    const answer = await fetch(`${address}/v1/messages`, {
      method: "POST",
      headers: anthropicClient.keyed(key),
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200);
    assert.ok(!out.includes(key));
  });

  it("finishes what is under way when it is interrupted, and ends well", async () => {
    const path = join(at.project, "gateway.json");
    await writeFile(path, config());
    const { child, address, told } = await serving("--config", path);
    const gate = Promise.withResolvers<void>();
    const pieces = anthropicForm.pieces("first half, second half");
    vendor.does(async (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const it of pieces.slice(0, 4)) response.write(it);
      await gate.promise;
      response.end(pieces.slice(4).join(""));
    });
    const answer = await ask(address, KEY);
    child.kill("SIGINT");
    await until(() => told().includes("Stopping"), told);
    gate.resolve();
    assert.equal(await said(answer), "first half, second half");
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
  });

  for (const given of [[], ["--workers", "2"]])
    it(`ends what is under way when it is interrupted again, and has it in the ledger ${given.join(" ")}`, async () => {
      const path = join(at.project, "gateway.json");
      await writeFile(path, config());
      const { child, address, told } = await serving("--config", path, ...given);
      vendor.does(streamsAndHangs(anthropicForm.pieces("first half, second half").slice(0, 4)));
      const answer = await ask(address, KEY);
      const whole = read(answer);
      child.kill("SIGINT");
      await until(() => told().includes("Stopping"), told);
      child.kill("SIGINT");
      const [code] = await once(child, "exit");
      assert.equal(code, 0);
      assert.equal((await whole).isCut, true);
      const usage = JSON.parse((await at.run(["usage", "--json"])).out);
      assert.equal(usage.totals.requests, 1);
    });

  it("follows its file: other providers and keys hold at once, and what cannot be read changes nothing", async () => {
    const path = join(at.project, "gateway.json");
    await writeFile(path, config());
    const { address, told } = await serving("--config", path);
    assert.equal(await said(await ask(address, KEY)), "first");

    await writeFile(path, "{ this is no JSON");
    await until(() => told().includes("go on to hold"), told);
    assert.equal(await said(await ask(address, KEY)), "first");

    const other = await scriptedVendor(answers(anthropicForm, "second"));
    const [old, key] = [KEY, "whk-another-0123456789abc"];
    const providers = { main: providerAt(anthropicForm, other.address) };
    await writeFile(path, config({ providers, server: { keys: [key] } }));
    await until(() => told().includes("read again"), told);
    assert.equal(await said(await ask(address, key)), "second");
    assert.equal((await ask(address, old)).status, 401);
    await other.close();
  });

  it("refuses what another process has spent", async () => {
    const path = join(at.project, "gateway.json");
    const models = [{ id: MODEL, price: { input: 1_000, output: 1_000 } }];
    const main = providerAt(anthropicForm, vendor.address, { models });
    await writeFile(path, config({ providers: { main }, budget: { total: 0.03 } }));
    const first = await serving("--config", path);
    assert.equal(await said(await ask(first.address, KEY)), "first");
    const second = await serving("--config", path);
    const refused = await ask(second.address, KEY);
    first.child.kill("SIGKILL");
    assert.equal(refused.status, 402);
    assert.match(await refused.text(), /budget for all/);
    assert.equal(vendor.heard.length, 1);
  });

  it("says what is wrong with what it was given", async () => {
    for (const [given, words] of [
      [["serve", "--port", "x"], /--port must be a number/],
      [["serve", "now"], /"now" means nothing here/],
      [["serve", "--config", "not-there.json"], /not-there\.json/],
    ] as const) {
      const { code, err } = await at.run(given);
      assert.notEqual(code, 0);
      assert.match(err, words);
    }
  });
});
