import assert from "node:assert/strict";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { request as insecureRequest } from "node:http";
import { request } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { type Certificates, certificates } from "../support/certificates.ts";
import { anthropicClient, eventsIn } from "../support/client-forms.ts";
import { providerAt } from "../support/gateway.ts";
import { type ScriptedVendor, scriptedVendor } from "../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../support/vendor-forms.ts";
import { type Place, place } from "./wheelhouse.ts";

const KEY = "whk-tls-0123456789abcdef";
const MODEL = anthropicForm.model;

let made: Certificates;
let at: Place;
let vendor: ScriptedVendor | undefined;
let other: ScriptedVendor | undefined;
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
  for (const it of [vendor, other]) await it?.close();
  vendor = other = undefined;
  await at.remove();
});

async function settings(content: object): Promise<string> {
  await writeFile(join(at.project, "gateway.json"), JSON.stringify(content));
  return "gateway.json";
}

const served = (tls: unknown, more: object = {}) =>
  settings({ server: { port: 0, keys: [KEY], tls }, ...more });

/** `wheelhouse serve`, when it listens. */
async function serving(config: string, env: Readonly<Record<string, string>> = {}) {
  const child = at.start(["serve", "--port", "0", "--config", config], { env });
  running = child;
  let err = "";
  child.stderr.on("data", (it) => (err += it));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (it) => {
      const found = /listens on (\S+)/.exec(String(it))?.[1];
      if (found) resolve(found);
    });
    child.on("close", () => reject(new Error(err)));
  });
  return { address, told: () => err };
}

interface Got {
  readonly status: number;
  readonly raw: string;
}

/** What a client gets, that trusts `ca` where it is given. */
function ask(address: string, isStream: boolean, ca?: string): Promise<Got> {
  const { path, body } = anthropicClient.ask(MODEL, isStream);
  const headers = { "content-type": "application/json", ...anthropicClient.keyed(KEY) };
  const send = address.startsWith("https:") ? request : insecureRequest;
  return new Promise((resolve, reject) => {
    const call = send(
      address + path,
      { method: "POST", headers, ...(ca !== undefined && { ca }) },
      (answer) => {
        let raw = "";
        answer.on("data", (it) => (raw += it));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, raw }));
      },
    );
    call.on("error", reject);
    call.end(JSON.stringify(body));
  });
}

/** All that a server says to bytes, until it closes the connection. */
function saidTo(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (it) => (said += it));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(said));
  });
}

describe("wheelhouse serve with a certificate", () => {
  const files = () => ({ cert: made.cert, key: made.key });

  it("answers a client that trusts its authority, whole and as a stream, and no other", async () => {
    vendor = await scriptedVendor(answers(anthropicForm, "over TLS"));
    const providers = { main: providerAt(anthropicForm, vendor.address) };
    const { address } = await serving(await served(files(), { providers }));
    assert.match(address, /^https:/);
    const ca = made.read(made.ca);
    const whole = await ask(address, false, ca);
    assert.equal(anthropicClient.saidBy(JSON.parse(whole.raw)), "over TLS");
    const stream = await ask(address, true, ca);
    assert.equal(anthropicClient.saidIn(eventsIn(stream.raw)), "over TLS");
    await assert.rejects(ask(address, false), /certificate/);
  });

  it("says nothing to a request without TLS", async () => {
    const { address } = await serving(await served(files()));
    const asked = `GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\nx-api-key: ${KEY}\r\n\r\n`;
    assert.equal(await saidTo(Number(new URL(address).port), asked), "");
  });

  for (const [what, tls, sentence] of [
    [
      "a certificate that is not there",
      () => ({ ...files(), cert: "none.pem" }),
      /^wheelhouse: The file none\.pem of server\.tls cannot be read: there is no such file or folder\n$/,
    ],
    [
      "a key that is a folder",
      () => ({ ...files(), key: "." }),
      /^wheelhouse: The file \. of server\.tls cannot be read: it is a folder\n$/,
    ],
    [
      "a key of another certificate",
      () => ({ ...files(), key: made.strangeKey }),
      /^wheelhouse: The key \S+strange\.key of server\.tls does not belong to the certificate \S+server\.pem\n$/,
    ],
    [
      "a key in the place of the certificate",
      () => ({ cert: made.key, key: made.key }),
      /^wheelhouse: The file \S+server\.key of server\.tls is no certificate as PEM\n$/,
    ],
    [
      "a certificate in the place of the key",
      () => ({ cert: made.cert, key: made.cert }),
      /^wheelhouse: The file \S+server\.pem of server\.tls is no private key as PEM\n$/,
    ],
    [
      "a key with a password",
      () => ({ ...files(), key: made.lockedKey }),
      /^wheelhouse: The key \S+locked\.key of server\.tls is locked by a password; store it without one\n$/,
    ],
    [
      "no key",
      () => ({ cert: made.cert }),
      /^wheelhouse: server\.tls must name the files "cert" and "key"\n$/,
    ],
    [
      "true in place of files",
      () => true,
      /^server\.tls: must be an object\nwheelhouse: server\.tls must name the files "cert" and "key"\n$/,
    ],
  ] as const)
    it(`does not begin, and certainly not without TLS, with ${what}: one sentence says so`, async () => {
      const { code, out, err } = await at.run(["serve", "--config", await served(tls())]);
      assert.equal(code, 1);
      assert.equal(out, "");
      assert.match(err, sentence);
    });
});

describe("several workers with a certificate", () => {
  it("do not begin, and say why once, when its file is not there", async () => {
    const config = await served({ cert: "none.pem", key: made.key });
    const { code, err } = await at.run(["serve", "--workers", "2", "--config", config]);
    assert.equal(code, 1);
    assert.match(err, /^wheelhouse: The file none\.pem of server\.tls cannot be read: [^\n]*\n$/);
  });
});

describe("a vendor behind an authority of its own", () => {
  const trusted = () => ({ NODE_EXTRA_CA_CERTS: made.ca });
  const tlsVendor = () =>
    scriptedVendor(answers(anthropicForm, "trusted"), {
      cert: made.read(made.cert),
      key: made.read(made.key),
    });
  /** Three keys there, and somebody else who would answer where that is wanted. */
  const config = (at: string, elsewhere?: string) => {
    const there = { provider: "main", model: MODEL };
    const fallback = elsewhere === undefined ? [] : [{ provider: "other", model: MODEL }];
    return settings({
      model: MODEL,
      providers: {
        main: providerAt(anthropicForm, at, {
          keys: ["sk-ant-one-000001", "sk-ant-two-000002", "sk-ant-three-003"],
        }),
        ...(elsewhere !== undefined && { other: providerAt(anthropicForm, elsewhere) }),
      },
      routing: { default: { ...there, fallback } },
      server: { keys: [KEY] },
    });
  };

  it("is asked by the gateway with NODE_EXTRA_CA_CERTS", async () => {
    vendor = await tlsVendor();
    const { address } = await serving(await config(vendor.address), trusted());
    const { raw } = await ask(address, true);
    assert.equal(anthropicClient.saidIn(eventsIn(raw)), "trusted");
  });

  it("is not asked by the gateway without: one connection, a failure that names the certificate, and nobody else", async () => {
    vendor = await tlsVendor();
    const { address } = await serving(await config(vendor.address));
    const { status, raw } = await ask(address, false);
    assert.equal(status, 502);
    assert.match(raw, /certificate/);
    assert.deepEqual([vendor.connections(), vendor.heard.length], [1, 0]);
  });

  it("gives way to the fallback that the settings name, which the gateway tells", async () => {
    vendor = await tlsVendor();
    other = await scriptedVendor(answers(anthropicForm, "by the other"));
    const { address, told } = await serving(await config(vendor.address, other.address));
    const { raw } = await ask(address, false);
    assert.equal(anthropicClient.saidBy(JSON.parse(raw)), "by the other");
    assert.match(told(), /main#\d failed \(tls: [^\n]*certificate[^\n]*\); other#1 is asked instead/);
    assert.equal(vendor.connections(), 1);
  });

  it("is asked by the agent with NODE_EXTRA_CA_CERTS, and without is named as not trusted", async () => {
    vendor = await tlsVendor();
    const given = ["-p", "hello", "--settings", await config(vendor.address)];
    const good = await at.run(given, { env: trusted() });
    assert.deepEqual([good.code, good.out], [0, "trusted\n"], good.err);
    const before = vendor.connections();
    const bad = await at.run(given);
    assert.notEqual(bad.code, 0);
    assert.match(bad.out + bad.err, /is not trusted: .*certificate.*NODE_EXTRA_CA_CERTS/);
    // One for the question; the list of models may have been asked for, too.
    assert.ok(vendor.connections() - before <= 2, `${vendor.connections() - before} connections`);
    assert.equal(vendor.heard.filter((it) => it.method === "POST").length, 1);
  });
});
