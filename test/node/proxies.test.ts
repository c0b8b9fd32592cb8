import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { openTransport } from "../../src/node/transport.ts";
import { never } from "../contract/temporary-folder.ts";
import { type ConnectProxy, connectProxy } from "../support/connect-proxy.ts";
import { answersJson, type ScriptedVendor, scriptedVendor } from "../support/scripted-vendor.ts";

let vendor: ScriptedVendor;
let proxy: ConnectProxy;

beforeEach(async () => {
  vendor = await scriptedVendor(answersJson({ said: "hello" }));
  proxy = await connectProxy();
});
afterEach(async () => {
  await vendor.close();
  await proxy.close();
});

/** Asks a host that only the proxy can find, or one that is there; answers which hosts the proxy was asked for. */
async function askedFor(
  env: Readonly<Record<string, string>>,
  host = "vendor.test",
  times = 1,
): Promise<readonly string[]> {
  const transport = openTransport(env);
  const { port } = new URL(vendor.address);
  try {
    for (let it = 0; it < times; it++) {
      const url = `http://${host}:${port}/some/path?x=1`;
      const answer = await transport.send({ method: "POST", url, headers: { a: "b" }, body: "{}" }, never());
      for await (const _ of answer.body) void _;
      assert.equal(answer.status, 200);
    }
  } finally {
    await transport.close();
  }
  return proxy.asked.map((it) => it.replace(`:${port}`, ""));
}

const at = (more = "") => `http://${more}127.0.0.1:${proxy.port}`;

describe("proxies of the environment", () => {
  for (const [what, env] of [
    ["HTTP_PROXY", () => ({ HTTP_PROXY: at() })],
    ["http_proxy", () => ({ http_proxy: at() })],
    ["HTTP_PROXY without http://", () => ({ HTTP_PROXY: `127.0.0.1:${proxy.port}` })],
    [
      "HTTP_PROXY beside another for https://",
      () => ({ HTTP_PROXY: at(), HTTPS_PROXY: "http://127.0.0.1:1" }),
    ],
    ["HTTP_PROXY with an empty NO_PROXY", () => ({ HTTP_PROXY: at(), NO_PROXY: "" })],
  ] as const)
    it(`are gone through: ${what}`, async () => assert.deepEqual(await askedFor(env()), ["vendor.test"]));

  for (const noProxy of ["other.test", "endor.test", "vendor.test:1", "test.vendor.test", "127.0.0.1"])
    it(`are gone through to a host that is not in NO_PROXY: ${noProxy}`, async () => {
      assert.deepEqual(await askedFor({ HTTP_PROXY: at(), NO_PROXY: noProxy }), ["vendor.test"]);
    });

  for (const [noProxy, host] of [
    ["localhost", "localhost"],
    ["LocalHost", "localhost"],
    ["a.test localhost", "localhost"],
    ["a.test,localhost:PORT", "localhost"],
    ["*", "127.0.0.1"],
    [".localhost", "localhost"],
    ["*.localhost", "localhost"],
  ] as const)
    it(`are not gone through to a host of NO_PROXY: ${noProxy}`, async () => {
      const env = { HTTP_PROXY: at(), NO_PROXY: noProxy.replace("PORT", new URL(vendor.address).port) };
      assert.deepEqual(await askedFor(env, host), []);
    });

  it("are not gone through to http:// where there is one for https:// alone", async () => {
    assert.deepEqual(await askedFor({ HTTPS_PROXY: at() }, "127.0.0.1"), []);
  });

  it("keep connections open for later requests", async () => {
    const asked = await askedFor({ HTTP_PROXY: at() }, "vendor.test", 6);
    assert.equal(vendor.heard.length, 6);
    // A request may come before the last connection is known to be free.
    assert.ok(asked.length <= 3, `${asked.length} connections`);
  });

  it("hand on method, path, headers and body as they are", async () => {
    await askedFor({ HTTP_PROXY: at("user:password@") });
    const [heard] = vendor.heard;
    assert.deepEqual(
      [heard?.method, heard?.path, heard?.text, heard?.headers["a"]],
      ["POST", "/some/path?x=1", "{}", "b"],
    );
    assert.equal(heard?.headers["proxy-authorization"], undefined);
  });
});
