import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, describe, it } from "mocha";
import { CLIENT_KEY, type LiveGateway, liveGateway } from "../../support/gateway.ts";
import { headOf, type RawAnswer, rawRequest } from "../../support/raw-request.ts";

interface SecurityCase {
  readonly id: string;
  readonly server: string;
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body?: string;
  };
  readonly expect: number | string;
}

const FILE = fileURLToPath(new URL("../../../../shared/cases/security/local-server.json", import.meta.url));
/** What takes longer than a test may: the limits in time are Node's own, and set in `serve.ts`. */
const SLOW = "408 or closed within 60 s";

let gateway: LiveGateway;

describe("the shared cases of security of a local server, at a live gateway", () => {
  if (!existsSync(FILE)) {
    it.skip("the shared cases of security are not beside the project");
    return;
  }
  before(async () => {
    gateway = await liveGateway({ settings: {} });
  });
  after(() => gateway.stop());
  const all = JSON.parse(readFileSync(FILE, "utf8")) as readonly SecurityCase[];
  for (const one of all.filter((it) => it.server === "gateway")) {
    if (one.expect === SLOW) it.skip(`${one.id}: ${one.name} takes half a minute`);
    else it(`${one.id}: ${one.name}`, async () => holds(one, await asked(one)));
  }
});

function holds({ expect }: SecurityCase, { status, head, body }: RawAnswer): void {
  const seen = `${head}\n\n${body.slice(0, 300)}`;
  if (typeof expect === "number") return assert.equal(status, expect, seen);
  if (expect === "not-403") return assert.ok(status !== 403 && status !== 0, seen);
  // No page is let in, and no socket is opened whose words could give rights.
  assert.doesNotMatch(head, /access-control-allow/i);
  assert.ok(status >= 400, seen);
}

function asked({ request }: SecurityCase): Promise<RawAnswer> {
  const port = Number(new URL(gateway.address).port);
  const filled = (text: string) => text.replaceAll("{{PORT}}", `${port}`).replaceAll("{{TOKEN}}", CLIENT_KEY);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      typeof value === "string" ? filled(value) : value.map(filled),
    ]),
  );
  const { pieces, length } = bodyOf(request.body ?? "");
  const names = Object.keys(headers).map((it) => it.toLowerCase());
  const isSized = length === 0 || names.includes("content-length") || names.includes("transfer-encoding");
  const sized = isSized ? {} : { "Content-Length": `${length}` };
  const head = headOf(request.method, filled(request.path), { ...headers, ...sized });
  return rawRequest(port, [head, ...pieces]);
}

/** Some bodies are too long to be written down. */
function bodyOf(text: string): { readonly pieces: readonly string[]; readonly length: number } {
  const megabyte = " ".repeat(1024 * 1024);
  if (text === "{{100MB}}")
    return { pieces: Array.from({ length: 100 }, () => megabyte), length: 100 * megabyte.length };
  const whole = text === "{{DEEP}}" ? `${"[".repeat(100_000)}${"]".repeat(100_000)}` : text;
  return { pieces: [whole], length: whole.length };
}
