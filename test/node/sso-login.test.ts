import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { ssoLogins } from "../../src/node/sso-login.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

const NOW = Date.parse("2026-11-29T12:00:00Z");
let folder = "";
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

async function login(expiresAt: string, more: object = {}): Promise<string> {
  const path = join(folder, "kiro-auth-token.json");
  const file = {
    accessToken: "old",
    refreshToken: "once",
    expiresAt,
    authMethod: "social",
    region: "eu-central-1",
    strange: 1,
  };
  await writeFile(path, JSON.stringify({ ...file, ...more }));
  return path;
}

/** Answers every renewal with the token "new", and counts them. */
function renewals(status = 200) {
  const asked: string[] = [];
  const send = (async (url: string, init: RequestInit) => {
    asked.push(`${url} ${String(init.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return new Response(JSON.stringify({ accessToken: "new", refreshToken: "next", expiresIn: 3600 }), {
      status,
    });
  }) as unknown as typeof fetch;
  return { asked, send };
}

describe("a login of the AWS SSO token cache", () => {
  it("is used as it is while it lasts", async () => {
    const { asked, send } = renewals();
    assert.equal(await ssoLogins(send, () => NOW)(await login("2026-11-29T12:10:00Z")), "old");
    assert.deepEqual(asked, []);
  });

  it("is renewed five minutes before it ends, and kept with all that stood in its file", async () => {
    const { asked, send } = renewals();
    const path = await login("2026-11-29T12:04:00Z");
    assert.equal(await ssoLogins(send, () => NOW)(path), "new");
    assert.deepEqual(asked, [
      'https://prod.eu-central-1.auth.desktop.kiro.dev/refreshToken {"refreshToken":"once"}',
    ]);
    const kept = JSON.parse(await readFile(path, "utf8"));
    assert.deepEqual([kept.accessToken, kept.refreshToken, kept.strange], ["new", "next", 1]);
  });

  it("is renewed once by all who need it at one time, also in other processes", async () => {
    const { asked, send } = renewals();
    const path = await login("2026-11-29T11:00:00Z");
    const [one, other] = [ssoLogins(send, () => NOW), ssoLogins(send, () => NOW)];
    assert.deepEqual(await Promise.all([one(path), one(path), other(path)]), ["new", "new", "new"]);
    assert.equal(asked.length, 1);
  });

  it("stays as it is when it cannot be renewed", async () => {
    const path = await login("2026-11-29T11:00:00Z");
    assert.equal(await ssoLogins(renewals(500).send, () => NOW)(path), "old");
    assert.equal(JSON.parse(await readFile(path, "utf8")).accessToken, "old");
  });

  it("is none when its file is not there", async () => {
    assert.equal(await ssoLogins(renewals().send, () => NOW)(join(folder, "no.json")), undefined);
  });
});
