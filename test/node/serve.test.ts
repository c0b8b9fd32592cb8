import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, it } from "mocha";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { type Serving, serve } from "../../src/node/serve.ts";
import { headOf } from "../support/raw-request.ts";

/** Longer than a test may take. */
const LONG_MS = 100_000;
const setting = { host: "127.0.0.1", port: 0, names: [], mostBody: 1_000 };
const nobody: Gateway = async () => ({ status: 200, headers: {}, body: "" });
const portOf = ({ address }: Serving) => Number(new URL(address).port);

describe("a server that is stopped", () => {
  let serving: Serving | undefined;
  afterEach(async () => {
    await serving?.stop(0);
  });

  for (const [what, tls] of [
    ["plain HTTP", undefined],
    // It comes to no handshake, so it needs no certificate.
    ["TLS", { cert: "", key: "" }],
  ] as const)
    it(`does not wait for a connection on which nothing was ever asked, with ${what}`, async () => {
      const it = await serve(nobody, { ...setting, ...(tls && { tls }) });
      const socket = connect(portOf(it), "127.0.0.1");
      socket.on("error", () => undefined).resume();
      await once(socket, "connect");
      const closed = once(socket, "close");
      // An answer of the same server: then it knows of the connection before it.
      const other = connect(portOf(it), "127.0.0.1");
      other.on("error", () => undefined).resume();
      other.write("nonsense\r\n\r\n");
      await once(other, "close");
      await it.stop(LONG_MS);
      await closed;
    });

  it("has told the gateway who has gone when it is stopped", async () => {
    let gone: AbortSignal | undefined;
    const hanging: Gateway = async (_, signal) => {
      gone = signal;
      return await new Promise(() => undefined);
    };
    serving = await serve(hanging, setting);
    const socket = connect(portOf(serving), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(headOf("GET", "/v1/models", { host: `127.0.0.1:${portOf(serving)}` }));
    while (gone === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    await serving.stop(1);
    assert.equal(gone.aborted, true);
  });
});
