import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "mocha";
import { isAllowedHost, isInner, parseTarget } from "../../src/node/sandbox/host-gate.ts";
import { bubblewrapPath, NEEDS_BUBBLEWRAP } from "../support/bubblewrap.ts";
import { type Sandboxed, sandboxed } from "../support/sandboxed.ts";

describe("the list of allowed hosts", () => {
  for (const [target, list, is] of [
    ["example.org:443", ["example.org"], true],
    ["example.org:80", ["example.org"], true],
    ["EXAMPLE.org.:443", ["example.ORG"], true],
    ["example.org:22", ["example.org"], false],
    ["example.org:8443", ["example.org:8443"], true],
    ["example.org:443", ["example.org:8443"], false],
    ["a.example.org:443", ["example.org"], false],
    ["a.b.example.org:443", ["*.example.org"], true],
    ["example.org:443", ["*.example.org"], false],
    ["evilexample.org:443", ["*.example.org", "example.org"], false],
    ["example.org.evil.net:443", ["example.org", "*.example.org"], false],
    ["127.0.0.1:443", ["*.0.0.1", "*.1"], false],
    ["[::1]:443", ["[::1]"], true],
    ["example.org:443", [], false],
    ["example.org:443", ["*", "", "*.", "https://example.org"], false],
  ] as const) {
    it(`${is ? "lets" : "does not let"} ${target} through with [${list}]`, () => {
      const parsed = parseTarget(target);
      assert.ok(parsed);
      assert.equal(isAllowedHost(parsed, list), is);
    });
  }

  for (const odd of [
    "",
    "example.org",
    "a b:443",
    "evil\0.example.org:443",
    "a@b:443",
    "a/b:443",
    "a:0",
    "a:99999",
    "[::1:443",
    "%65:443",
  ])
    it(`takes ${JSON.stringify(odd)} for no address`, () => assert.equal(parseTarget(odd), undefined));

  for (const [address, is] of [
    ["127.0.0.1", true],
    ["10.1.2.3", true],
    ["172.16.0.1", true],
    ["172.32.0.1", false],
    ["192.168.0.1", true],
    ["169.254.169.254", true],
    ["100.64.0.1", true],
    ["100.128.0.1", false],
    ["0.0.0.0", true],
    ["8.8.8.8", false],
    ["::1", true],
    ["::", true],
    ["::ffff:127.0.0.1", true],
    ["::ffff:8.8.8.8", false],
    ["fd00::1", true],
    ["fe80::1", true],
    ["2606:4700::1", false],
    ["64:ff9b::a00:1", true],
  ] as const)
    it(`takes ${address} for ${is ? "an inner" : "a public"} address`, () =>
      assert.equal(isInner(address), is));
});

describe(`a command in the sandbox with allowed hosts${NEEDS_BUBBLEWRAP}`, () => {
  let here: Sandboxed;
  let server: Server;
  let port = 0;
  before(async function () {
    if (bubblewrapPath() === undefined) this.skip();
    server = createServer((request, response) => response.end(`hello ${request.method} ${request.url}\n`));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
    here = await sandboxed({ allowedHosts: [`localhost:${port}`] });
  });
  after(async () => {
    server?.close();
    await here?.remove();
  });

  const get = (proxyRequest: string) =>
    `exec 5<>/dev/tcp/127.0.0.1/3128; printf '${proxyRequest}' >&5; timeout 5 cat <&5`;

  it("reaches one that is on the list, by plain HTTP and through a tunnel", async () => {
    const plain = await here.run(
      get(`GET http://localhost:${port}/a HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n`),
    );
    assert.match(plain.output, /^HTTP\/1\.1 200[\s\S]*hello GET \/a/);
    const inner = `GET /b HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n`;
    const tunnel = await here.run(get(`CONNECT localhost:${port} HTTP/1.1\\r\\n\\r\\n${inner}`));
    assert.match(tunnel.output, /200 Connection established[\s\S]*hello GET \/b/);
    assert.deepEqual([plain.blocked, tunnel.blocked], [undefined, undefined]);
  });

  it("reaches no other, which is said", async () => {
    const { output, blocked } = await here.run(get(`CONNECT other.example:443 HTTP/1.1\\r\\n\\r\\n`));
    assert.match(output, /403 Forbidden[\s\S]*not on the list/);
    assert.match(blocked?.[0] ?? "", /refused to reach other\.example:443.*allowedHosts/);
  });

  it("reaches nothing past the way that is open, not even the allowed host", async () => {
    const { output, exitCode } = await here.run(`exec 3<>/dev/tcp/127.0.0.1/${port}`);
    assert.notEqual(exitCode, 0);
    assert.match(output, /refused/);
  });

  it("ends as the command ends", async () => {
    assert.equal((await here.run("exit 9")).exitCode, 9);
    assert.equal((await here.run("kill -9 $$")).exitCode, 137);
    const { folder } = await here.run("mkdir -p sub; cd sub");
    assert.equal(folder, `${here.root}/sub`);
  });

  it("says which hosts it may reach", async () => {
    const { level, why } = await here.shell.sandbox(new AbortController().signal);
    assert.equal(level, "full");
    assert.match(why, new RegExp(`reach only localhost:${port}`));
  });
});
