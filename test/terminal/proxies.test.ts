import assert from "node:assert/strict";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { type Certificates, certificates, VENDOR_HOST } from "../support/certificates.ts";
import { anthropicClient, eventsIn } from "../support/client-forms.ts";
import { type ConnectProxy, connectProxy, type ProxyManners } from "../support/connect-proxy.ts";
import { type ScriptedVendor, scriptedVendor } from "../support/scripted-vendor.ts";
import { answers, anthropicForm, VENDOR_FORMS, type VendorForm } from "../support/vendor-forms.ts";
import { type Place, place } from "./wheelhouse.ts";

const KEY = "whk-proxy-0123456789abcdef";
const LOGIN = "some%20one:pass-w%40rd";
const PASSWORD = /pass-w(@|%40)rd|c29tZSBvbmU6/;

let made: Certificates;
let at: Place;
let vendor: ScriptedVendor | undefined;
let proxy: ConnectProxy | undefined;
let running: ChildProcessWithoutNullStreams | undefined;

before(function () {
  made = certificates(this);
});
after(() => made?.remove());
beforeEach(async () => {
  at = await place();
});
afterEach(async () => {
  running?.kill("SIGKILL");
  running = undefined;
  await vendor?.close();
  await proxy?.close();
  vendor = proxy = undefined;
  await at.remove();
});

/** A vendor at a name that only a proxy can find. */
async function vendorOf(form: VendorForm): Promise<{ readonly port: string; readonly address: string }> {
  vendor = await scriptedVendor(answers(form, "through it"), {
    cert: made.read(made.cert),
    key: made.read(made.key),
  });
  const { port } = new URL(vendor.address);
  return { port, address: `https://${VENDOR_HOST}:${port}` };
}

type Env = Readonly<Record<string, string>>;

/** The environment of somebody behind a proxy. */
async function behind(manners: ProxyManners = {}, login = ""): Promise<Env> {
  proxy = await connectProxy(manners);
  const userinfo = login === "" ? "" : `${login}@`;
  return { NODE_EXTRA_CA_CERTS: made.ca, HTTPS_PROXY: `http://${userinfo}127.0.0.1:${proxy.port}` };
}

async function settings(type: string, address: string, model: string): Promise<string> {
  const main = { type, baseUrl: address, keys: ["sk-upstream-000001"], models: [model] };
  const elsewhere = { region: "us-east-1", project: "some-project", resource: "some" };
  const content = { model, providers: { main: { ...main, ...elsewhere } }, server: { keys: [KEY] } };
  await writeFile(join(at.project, "settings.json"), JSON.stringify(content));
  return "settings.json";
}

async function say(type: string, address: string, model: string, env: Env) {
  return await at.run(["-p", "hello", "--settings", await settings(type, address, model)], { env });
}

/** Asks a gateway of its own; what it answered, with what it has told. */
async function askGateway(type: string, address: string, model: string, env: Env) {
  const child = at.start(["serve", "--port", "0", "--config", await settings(type, address, model)], { env });
  running = child;
  let err = "";
  child.stderr.on("data", (it) => (err += it));
  const own = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (it) => {
      const found = /listens on (\S+)/.exec(String(it))?.[1];
      if (found) resolve(found);
    });
    child.on("close", () => reject(new Error(err)));
  });
  const { path, body } = anthropicClient.ask(model, true);
  const headers = { "content-type": "application/json", ...anthropicClient.keyed(KEY) };
  const answer = await fetch(own + path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, raw: await answer.text(), told: err };
}

/** Types with a client package of the vendor's ask by `fetch`, all others by our own wires. */
const ELSEWHERE: readonly VendorForm[] = ["bedrock", "vertex", "foundry"].map((type) => ({
  ...anthropicForm,
  type,
}));

describe("a proxy of the environment", () => {
  for (const form of [...VENDOR_FORMS, ...ELSEWHERE]) {
    it(`is what the agent goes through: ${form.type}`, async () => {
      const { port, address } = await vendorOf(form);
      const { code, out, err } = await say(form.type, address + form.base, form.model, await behind());
      assert.deepEqual([code, out], [0, "through it\n"], err);
      assert.ok(proxy?.asked.length);
      assert.deepEqual(new Set(proxy.asked), new Set([`${VENDOR_HOST}:${port}`]));
    });

    it(`is what the gateway goes through: ${form.type}`, async () => {
      const { port, address } = await vendorOf(form);
      const { raw } = await askGateway(form.type, address + form.base, form.model, await behind());
      assert.equal(anthropicClient.saidIn(eventsIn(raw)), "through it");
      assert.deepEqual(proxy?.asked, [`${VENDOR_HOST}:${port}`]);
    });
  }

  it("is what a try of a key goes through", async () => {
    const { address } = await vendorOf(anthropicForm);
    const config = await settings("anthropic", address, anthropicForm.model);
    const { out, err } = await at.run(["models", "test", "--settings", config], { env: await behind() });
    assert.match(out, /main#1/, err);
    assert.equal(
      vendor?.heard.some((it) => it.path.startsWith("/v1/models")),
      true,
    );
    assert.ok(proxy?.asked.some((it) => it.startsWith(VENDOR_HOST)));
  });

  const asks = {
    "the agent": async (env: Env, address?: string) => {
      const found = address ?? (await vendorOf(anthropicForm)).address;
      const { out, err } = await say("anthropic", found, anthropicForm.model, env);
      return out + err;
    },
    "the gateway": async (env: Env, address?: string) => {
      const found = address ?? (await vendorOf(anthropicForm)).address;
      const { raw, told } = await askGateway("anthropic", found, anthropicForm.model, env);
      return anthropicClient.saidIn(eventsIn(raw)) + raw + told;
    },
  };

  for (const [who, ask] of Object.entries(asks)) {
    it(`gets ${who}'s user and password, which stand in its address`, async () => {
      const text = await ask(await behind({ login: "some one:pass-w@rd" }, LOGIN));
      assert.match(text, /through it/);
    });

    it(`gets the name of ${who} that has no password`, async () => {
      assert.match(await ask(await behind({ login: "token:" }, "token")), /through it/);
    });

    for (const noProxy of ["127.0.0.1", "other.test, 127.0.0.1", "*"])
      it(`is not in the way of ${who} to hosts of NO_PROXY: ${noProxy}`, async () => {
        await vendorOf(anthropicForm);
        const env = { ...(await behind({ refuses: 403 })), NO_PROXY: noProxy };
        assert.match(await ask(env, vendor?.address), /through it/);
        assert.deepEqual(proxy?.asked, []);
      });

    for (const [what, manners, login, sentence] of [
      [
        "wants a login",
        { login: "a:b" },
        "",
        /the proxy 127\.0\.0\.1:\d+ wants a user and a password \(407\)/,
      ],
      [
        "wants another password",
        { login: "a:b" },
        LOGIN,
        /the proxy 127\.0\.0\.1:\d+ wants another user or password \(407\)/,
      ],
      [
        "refuses the host",
        { refuses: 403 },
        LOGIN,
        /the proxy 127\.0\.0\.1:\d+ refused the way to vendor\.test:\d+ \(403\)/,
      ],
      [
        "fails",
        { refuses: 502 },
        LOGIN,
        /the proxy 127\.0\.0\.1:\d+ refused the way to vendor\.test:\d+ \(502\)/,
      ],
      ["closes the connection", { closes: true }, LOGIN, /the proxy 127\.0\.0\.1:\d+ closed the connection/],
    ] as const)
      it(`that ${what} is told of once by ${who}, without its password`, async () => {
        const text = await ask(await behind(manners, login));
        assert.match(text, sentence);
        assert.doesNotMatch(text, PASSWORD);
        assert.equal(vendor?.connections(), 0);
        // The agent may ask for the list of models, too.
        assert.ok((proxy?.asked.length ?? 0) <= 2, `${proxy?.asked.length} times`);
      });

    it(`does not hide from ${who} that the vendor's certificate is not trusted`, async () => {
      const { HTTPS_PROXY = "" } = await behind();
      assert.match(
        await ask({ HTTPS_PROXY }),
        /unable to verify the first certificate|self-signed certificate/,
      );
      assert.ok((proxy?.asked.length ?? 0) <= 2, `${proxy?.asked.length} times`);
      assert.equal(vendor?.heard.length, 0);
    });

    it(`that is not there is told of by ${who}, without its password`, async () => {
      const env = await behind({}, LOGIN);
      await proxy?.close();
      const text = await ask(env);
      assert.match(text, /the proxy 127\.0\.0\.1:\d+ cannot be reached/);
      assert.doesNotMatch(text, PASSWORD);
    });

    for (const wrong of ["http://some%zzone:pass-w@rd@127.0.0.1:1:2", "ftp://a:pass-w@rd@127.0.0.1"])
      it(`whose address is none is told of by ${who}, without its password: ${wrong.slice(0, 4)}`, async () => {
        const text = await ask({ HTTPS_PROXY: wrong });
        assert.match(text, /HTTPS_PROXY is no address of a proxy/);
        assert.doesNotMatch(text, PASSWORD);
      });
  }
});
