import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "mocha";
import type { VendorAnswer } from "../../src/model/transport.ts";
import { openTransport } from "../../src/node/transport.ts";

describe("an answer as it arrives", () => {
  it("begins with status and headers, and gives every byte in order", async () => {
    const pieces = Array.from({ length: 50 }, (_, at) => `piece ${at};`.repeat(2_000));
    const text = await asked(
      (_, response) => {
        response.writeHead(201, { "x-two": ["a", "b"] });
        for (const it of pieces) response.write(it);
        response.end();
      },
      async (answer) => {
        assert.deepEqual([answer.status, answer.headers["x-two"]], [201, "a, b"]);
        return await textOf(answer);
      },
    );
    assert.equal(text, pieces.join(""));
  });

  it("reads no faster than it is taken", async () => {
    let written = 0;
    const most = 64 * 1024 * 1024;
    await asked(
      (_, response) => {
        const pour = () => {
          while (written < most) {
            written += 65_536;
            if (!response.write(Buffer.alloc(65_536))) return void response.once("drain", pour);
          }
          response.end();
        };
        pour();
      },
      async (answer) => {
        for await (const _ of answer.body) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          break;
        }
      },
    );
    assert.ok(written < most, `${written} bytes were written though one piece was taken`);
  });

  it("closes the connection when it is left", async () => {
    const closed = withResolvers();
    await asked(
      (_, response) => {
        response.once("close", closed.resolve);
        response.write("first");
      },
      async (answer) => {
        for await (const _ of answer.body) break;
        await closed.promise;
      },
    );
  });

  for (const when of ["before the answer", "within the body"] as const)
    it(`closes the connection at once when it is aborted ${when}, and rejects with the reason`, async () => {
      const closed = withResolvers();
      const arrived = withResolvers();
      const stop = new AbortController();
      const reason = new Error("no longer wanted");
      void arrived.promise.then(() => stop.abort(reason));
      const rejected = asked(
        (_, response) => {
          response.once("close", closed.resolve);
          if (when === "within the body") response.write("first");
          arrived.resolve();
        },
        textOf,
        stop.signal,
      );
      await assert.rejects(rejected, reason);
      await closed.promise;
    });

  it("asks nobody when it is aborted before", async () => {
    const reason = new Error("never wanted");
    await assert.rejects(
      asked(() => assert.fail("asked"), textOf, AbortSignal.abort(reason)),
      reason,
    );
  });

  it("rejects when the connection breaks within the body", async () => {
    const broken = asked((_, response) => void response.write("first", () => response.destroy()), textOf);
    await assert.rejects(broken);
  });
});

async function asked<T>(
  answer: RequestListener,
  use: (answer: VendorAnswer) => Promise<T>,
  signal = new AbortController().signal,
): Promise<T> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const transport = openTransport({});
  try {
    const url = `http://127.0.0.1:${port}/v1/messages?beta=true`;
    return await use(await transport.send({ method: "POST", url, headers: {}, body: "{}" }, signal));
  } finally {
    await transport.close();
    server.closeAllConnections();
    server.close();
  }
}

async function textOf({ body }: VendorAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const it of body) pieces.push(it);
  return Buffer.concat(pieces).toString("utf8");
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  return Promise.withResolvers<void>();
}
