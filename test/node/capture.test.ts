import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { Transport } from "../../src/model/transport.ts";
import { openCapture } from "../../src/node/capture.ts";

const CALL = { method: "POST", path: "/v1/messages", query: new URLSearchParams(), body: "{}" };
const answering: Transport = async () => ({ status: 200, headers: {}, body: (async function* () {})() });

describe("a capture", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "wheelhouse-capture-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  /** What stands in the one file that is written when a request with these headers is sent. */
  async function captured(headers: Readonly<Record<string, string>>): Promise<string> {
    const capture = openCapture(home, { hidden: () => [], nameOf: () => "main", now: () => 0 });
    const send = capture.transport(answering);
    const gateway = capture.gateway(async (_, signal) => {
      await send({ method: "POST", url: "http://vendor/v1/messages", headers, body: "{}" }, signal);
      return { status: 200, headers: {}, body: "{}" };
    });
    await gateway({ ...CALL, headers: {} }, new AbortController().signal);
    await capture.close();
    const names = await readdir(home, { recursive: true });
    const file = names.find((it) => it.endsWith(".jsonl"));
    assert.ok(file, names.join());
    return readFile(join(home, file), "utf8");
  }

  for (const name of ["authorization", "x-api-key", "x-goog-api-key", "api-key", "x-amz-security-token"])
    it(`keeps no ${name}`, async () => {
      const text = await captured({ [name]: "what nobody may read" });
      assert.match(text, /"kind":"sent"/);
      assert.doesNotMatch(text, /nobody may read/);
    });
});
