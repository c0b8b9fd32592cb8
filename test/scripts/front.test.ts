import assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "mocha";
import { front } from "../../scripts/web-host/front.ts";

const TOKEN = "0123456789abcdef";
const HALF = Buffer.from("half of a key");
let behind: Server;
let door: Awaited<ReturnType<typeof front>>;

before(async () => {
  behind = createServer((_, answer) => answer.end("VS Code"));
  behind.on("upgrade", (_, socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
  await new Promise<void>((resolve) => behind.listen(0, "127.0.0.1", resolve));
  door = await front(0, (behind.address() as AddressInfo).port, HALF, TOKEN);
});
after(() => {
  door.close();
  behind.close();
});

/** Status and body of an answer; 0 when the connection was closed without one. */
function answerTo(method: string, path: string, headers: Record<string, string>): Promise<[number, string]> {
  return new Promise((resolve) => {
    const asked = request(
      { host: "127.0.0.1", port: door.port, method, path, headers, agent: false },
      (answer) => {
        let text = "";
        answer.on("data", (it) => (text += it));
        answer.on("end", () => resolve([answer.statusCode ?? 0, text]));
      },
    );
    asked.on("upgrade", (answer, socket) => {
      socket.destroy();
      resolve([answer.statusCode ?? 0, ""]);
    });
    asked.on("error", () => resolve([0, ""]));
    asked.end();
  });
}

const own = () => `http://127.0.0.1:${door.port}`;
const COOKIE = { cookie: `a=b; vscode-tkn=${TOKEN}` };

describe("the front of VS Code's server", () => {
  for (const [what, path, headers, status] of [
    ["to a page that has the token in its cookie", "/x/mint-key", () => COOKIE, 200],
    ["to whoever has it in the address", `/mint-key?tkn=${TOKEN}`, () => ({}), 200],
    ["to our own page", "/mint-key", () => ({ ...COOKIE, origin: own() }), 200],
    ["to nobody without the token", "/mint-key", () => ({}), 403],
    ["to nobody with a wrong one", "/mint-key?tkn=0123456789abcdeX", () => ({}), 403],
    ["to no page of somebody else", "/mint-key", () => ({ ...COOKIE, origin: "https://evil.example" }), 403],
    ["to no page that says nothing of itself", "/mint-key", () => ({ ...COOKIE, origin: "null" }), 403],
    ["under no name of somebody else", "/mint-key", () => ({ ...COOKIE, host: "evil.example" }), 403],
  ] as const) {
    it(`gives its key ${what}`, async () => {
      const [code, text] = await answerTo("POST", path, headers());
      assert.deepEqual([code, text === HALF.toString()], [status, status === 200]);
    });
  }

  it("lets everything else through under its own name", async () => {
    assert.deepEqual(await answerTo("GET", "/", {}), [200, "VS Code"]);
    assert.equal((await answerTo("GET", "/", { host: "evil.example" }))[0], 403);
  });

  it("opens sockets to its own pages only", async () => {
    const upgrade = { connection: "Upgrade", upgrade: "websocket" };
    assert.equal((await answerTo("GET", "/", { ...upgrade, origin: own() }))[0], 101);
    assert.equal((await answerTo("GET", "/", { ...upgrade, origin: "https://evil.example" }))[0], 0);
  });
});
