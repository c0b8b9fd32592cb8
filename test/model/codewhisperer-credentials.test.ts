import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  type Credentials,
  credentialsIn,
  fileOf,
  needsRefresh,
  refreshed,
  refreshRequest,
  registrationFile,
} from "../../src/model/codewhisperer/credentials.ts";

const NOW = Date.parse("2026-11-29T12:00:00Z");
const FILE = {
  accessToken: "at",
  refreshToken: "rt",
  expiresAt: "2026-11-29T13:00:00.000Z",
  authMethod: "social",
  region: "eu-central-1",
  profileArn: "arn:aws:codewhisperer:us-east-1:1:profile/X",
  provider: "Google",
};
const login = (more: object = {}, registration?: string): Credentials => {
  const found = credentialsIn(JSON.stringify({ ...FILE, ...more }), registration);
  assert.ok(found);
  return found;
};
const IDC = { authMethod: "IdC", clientIdHash: "abc123" };
const CLIENT = JSON.stringify({ clientId: "ci", clientSecret: "cs" });

describe("a login for CodeWhisperer", () => {
  it("is read from the file of the token cache", () => {
    const { file: _, ...read } = login();
    assert.deepEqual(read, {
      accessToken: "at",
      refreshToken: "rt",
      expiresAtMs: NOW + 3_600_000,
      region: "eu-central-1",
      profileArn: FILE.profileArn,
      method: "social",
      client: undefined,
    });
  });

  for (const [what, text] of [
    ["half a file", '{"accessToken":'],
    ["no token", "{}"],
    ["a list", "[]"],
    ["a token of a wrong type", '{"accessToken":1}'],
  ] as const) {
    it(`is none in ${what}`, () => assert.equal(credentialsIn(text), undefined));
  }

  it("takes its client from the file beside it", () => {
    assert.equal(registrationFile(JSON.stringify(IDC)), "abc123.json");
    assert.equal(registrationFile('{"clientIdHash":"../x"}'), undefined);
    assert.deepEqual(login(IDC, CLIENT).client, { id: "ci", secret: "cs" });
  });

  it("sends secrets to addresses of regions only", () => {
    for (const region of ["evil.com/", "us-east-1.evil.com", "", 7]) {
      const { url = "" } = refreshRequest(login({ region, profileArn: "x" })) ?? {};
      assert.equal(url, "https://prod.us-east-1.auth.desktop.kiro.dev/refreshToken");
    }
  });

  for (const [when, expected] of [
    [NOW + 54 * 60_000, false],
    [NOW + 55 * 60_000, true],
    [NOW + 99 * 60_000, true],
  ] as const) {
    it(`${expected ? "is" : "is not"} to be renewed ${(when - NOW) / 60_000} minutes on`, () => {
      assert.equal(needsRefresh(login(), when), expected);
    });
  }

  it("is renewed as it was made", () => {
    assert.deepEqual(refreshRequest(login()), {
      url: "https://prod.eu-central-1.auth.desktop.kiro.dev/refreshToken",
      headers: { "content-type": "application/json" },
      body: { refreshToken: "rt" },
    });
    assert.deepEqual(refreshRequest(login(IDC, CLIENT)), {
      url: "https://oidc.eu-central-1.amazonaws.com/token",
      headers: { "content-type": "application/json" },
      body: { grantType: "refresh_token", refreshToken: "rt", clientId: "ci", clientSecret: "cs" },
    });
    assert.equal(refreshRequest(login(IDC)), undefined);
    assert.equal(refreshRequest(login({ refreshToken: undefined })), undefined);
  });

  it("keeps what the answer does not name, known or not", () => {
    const renewed = refreshed(login(), { accessToken: "new", expiresIn: 3600 }, NOW);
    assert.ok(renewed);
    assert.deepEqual(JSON.parse(fileOf(renewed)), { ...FILE, accessToken: "new" });
    assert.equal(renewed.expiresAtMs, NOW + 3_600_000);
    assert.equal(refreshed(login(), { refreshToken: "x", accessToken: "new" }, NOW)?.refreshToken, "x");
    assert.equal(refreshed(login(), { message: "no" }, NOW), undefined);
  });
});
