import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { masking } from "../../src/text/masking.ts";

/** Letters and digits in no order, the same for the same `seed`: an example of no vendor's. */
function odd(length: number, alphabet = "aZ3kQ8xW1mB7vR5tY2pL", seed = 1): string {
  let state = seed * 7919;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet.charAt(Math.floor((state / 2_147_483_648) * alphabet.length));
  }).join("");
}

const hex = (length: number) => odd(length, "0a1b2c3d4e5f6789");
const upper = (length: number) => odd(length, "A2B3CDEFGH4567");

const SECRETS: readonly (readonly [what: string, before: string, secret: string, after: string])[] = [
  ["a token of GitHub", "token ", `ghp_${odd(36)}`, ""],
  ["a fine-grained token of GitHub", "", `github_pat_${odd(22)}_${odd(59)}`, "\n"],
  ["a token after an escaped line end", '"a\\n', `ghs_${odd(36)}`, '"'],
  ["a token of GitLab", "=", `glpat-${odd(20)}`, ""],
  ["an access key of AWS", "id ", `AKIA${upper(16)}`, ","],
  ["a secret key of AWS", "aws_secret_access_key = ", odd(40), "\n"],
  ["a secret key of AWS in JSON", '"SecretAccessKey": "', odd(40), '"'],
  ["a key of Anthropic", "", `sk-ant-api03-${odd(80)}`, ""],
  ["a key of OpenAI", "", `sk-proj-${odd(60)}`, ""],
  ["a bare sk- key", "key: ", `sk-${odd(48)}`, ""],
  ["a key of Google", "", `AIza${odd(35)}`, ""],
  ["a token of Slack", "", `xoxb-${odd(12)}-${odd(24)}`, ""],
  ["a webhook of Slack", "https://hooks.slack.com/services/", `T0/${odd(9)}/${odd(24)}`, ""],
  ["a key of Stripe", "", `sk_live_${odd(24)}`, ""],
  ["a token of npm", "//registry/:_authToken=", `npm_${odd(36)}`, ""],
  ["a token of PyPI", "", `pypi-AgEIcHlwaS5vcmc${odd(60)}`, ""],
  ["a key of SendGrid", "", `SG.${odd(22)}.${odd(43)}`, ""],
  ["a token of Hugging Face", "", `hf_${odd(34)}`, ""],
  ["a storage key of Azure", "AccountName=a;AccountKey=", `${odd(86)}==`, ";"],
  ["a JSON web token", "Cookie: s=", `eyJ${odd(20)}.eyJ${odd(40)}.${odd(43)}`, ";"],
  ["a password in an address", "postgres://me:", "hunter2x", "@db.example.org/a"],
  ["a password in a connection string", "Server=db;User=me;Password=", "Xy7!abcd", ";"],
  ["a bearer token", "Authorization: Bearer ", odd(40), ""],
  ["basic credentials", "authorization: Basic ", "bWU6aHVudGVyeQ==", '"'],
  ["a key in a header", "-H 'x-api-key: ", odd(32), "'"],
  ["a key in code", 'const API_KEY = "', odd(32), '";'],
  ["a token in an address", "?a=1&access_token=", odd(32), "&b=2"],
];

const PLAIN: readonly (readonly [what: string, text: string])[] = [
  ["a hash of git", `commit ${hex(40)}\nindex ${hex(7)}..${hex(7)} 100644`],
  ["a UUID", "id: 6f1e2b7c-3d4a-4c5b-9e8f-0a1b2c3d4e5f"],
  ["an integrity hash", `"integrity": "sha512-${odd(86)}=="`],
  ["an image", `data:image/png;base64,${odd(2000)}`],
  ["minified code", "function e(t,n){return t.token=n.auth,t.password=r,key=t[0],n?t:e(n)}".repeat(40)],
  ["a reference to a variable", 'Authorization: `Bearer $TOKEN`; apiKey: process.env["API_KEY_1"]'],
  ["an example", "postgres://user:password@localhost and https://<user>:<pass>@host"],
  ["an address with a port", "http://localhost:8080/a@b and http://[::1]:80"],
  ["a public key", `-----BEGIN PUBLIC KEY-----\n${odd(64)}\n-----END PUBLIC KEY-----`],
  ["an image by its hash", `docker://alpine:3.18@sha256:${hex(64)}`],
  ["the name of a secret", 'secret: "db-credentials-v2-prod", password: "the_password_of_2024"'],
  ["a certificate", `-----BEGIN CERTIFICATE-----\n${odd(64)}\n-----END CERTIFICATE-----`],
  ["names that begin alike", "task-management-of-everything risk-2024 hf_config npm_lifecycle_event"],
  ["a token in a grammar", 'token: "identifier", secret: "none", password: "string"'],
];

describe("masking", () => {
  for (const [what, before, secret, after] of SECRETS) {
    it(`hides ${what}`, () => {
      const masked = masking().mask(before + secret + after);
      assert.match(masked, /\[masked: [\w .-]+ 1\]/);
      assert.ok(masked.startsWith(before) && masked.endsWith(after) && !masked.includes(secret), masked);
    });
  }

  for (const [what, text] of PLAIN) {
    it(`leaves ${what} as it is`, () => assert.equal(masking().mask(text), text));
  }

  it("hides both keys of AWS where they stand in a table", () => {
    const masked = masking().mask(`id,key\nAKIA${upper(16)},${odd(40)}\n`);
    assert.equal(masked, "id,key\n[masked: AWS access key 1],[masked: AWS secret key 1]\n");
  });

  it("hides the lines of a private key, and keeps their number", () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\r\n${odd(64)}\r\n${odd(30)}\r\n-----END RSA PRIVATE KEY-----\r\n`;
    const masked = masking().mask(`a\r\n${key}b`);
    const [one, two] = ["[masked: private key line 1]", "[masked: private key line 2]"];
    assert.equal(masked, `a\r\n${key.replace(odd(64), one).replace(odd(30), two)}b`);
  });

  it("hides a key that was cut before its end", () => {
    const masked = masking().mask(`-----BEGIN OPENSSH PRIVATE KEY-----\n${odd(70)}\n${odd(70)}`);
    assert.ok(!masked.includes(odd(70)));
  });

  it("has one name for one secret and others for others", () => {
    const [a, b] = [`ghp_${odd(36)}`, `ghp_${odd(36, undefined, 2)}`];
    const masked = masking().mask(`${a} ${b} ${a}`);
    assert.equal(masked, "[masked: GitHub token 1] [masked: GitHub token 2] [masked: GitHub token 1]");
  });

  it("gives no name that was given in an earlier text", () => {
    const masks = masking(["before [masked: GitHub token 7] and [masked: GitHub token 2]"]);
    assert.equal(masks.mask(`ghp_${odd(36)}`), "[masked: GitHub token 8]");
  });

  it("hides values that it is told of, but not within longer words", () => {
    const masks = masking();
    masks.know([{ value: "tr0mbone", what: "DB_PASSWORD" }]);
    assert.equal(
      masks.mask("tr0mbone tr0mbones (tr0mbone)"),
      "[masked: DB_PASSWORD 1] tr0mbones ([masked: DB_PASSWORD 1])",
    );
    masks.know([]);
    assert.equal(masks.mask("tr0mbone"), "tr0mbone");
  });

  it("finds the same secrets in a text wherever it is cut into pieces", () => {
    const secret = fc.constantFrom(...SECRETS.map(([, before, it, after]) => before + it + after));
    const key = fc.constant(`-----BEGIN PRIVATE KEY-----\n${odd(64)}\n${odd(40)}\n-----END PRIVATE KEY-----`);
    const pair = fc.constant(`AKIA${upper(16)} ${odd(40)}`);
    const filler = fc.constantFrom(
      "word ",
      "\n",
      " ",
      "a=b;",
      "Authorization: ",
      "key",
      "sk-",
      "ghp_",
      "://",
      "tr0mbone ",
    );
    const text = fc.array(fc.oneof(secret, key, pair, filler), { maxLength: 12 }).map((it) => it.join("\n"));
    fc.assert(
      fc.property(text, fc.array(fc.nat(400), { maxLength: 8 }), (whole, cuts) => {
        const [once, pieces] = [masking(), masking()];
        for (const it of [once, pieces]) it.know([{ value: "tr0mbone", what: "value" }]);
        const stream = pieces.stream();
        const ends = [...cuts.map((it) => it % (whole.length + 1)).toSorted((a, b) => a - b), whole.length];
        const shown = ends.map((end, index) => stream.push(whole.slice(ends[index - 1] ?? 0, end)));
        assert.equal(shown.join("") + stream.flush(), once.mask(whole));
      }),
    );
  });

  it("shows what was held back of a long line without an end, but no secret in it", () => {
    const stream = masking().stream();
    const secret = `ghp_${odd(36)}`;
    const line = `auth${"x".repeat(60_000)} ${secret} ${"y".repeat(60_000)}`;
    const shown = [...line.matchAll(/[\s\S]{1,997}/g)].map((it) => stream.push(it[0])).join("");
    assert.ok(shown.length > 60_000 && !shown.includes(secret.slice(4)));
    assert.equal(
      (shown + stream.flush()).length,
      line.length - secret.length + "[masked: GitHub token 1]".length,
    );
  });

  it("finds what it finds in a whole text in one that is long, wherever it is cut into pieces", () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${`${odd(64)}\n`.repeat(60)}-----END PRIVATE KEY-----\n`;
    const text = `${`word ${odd(40)}\n`.repeat(30)}${key}password = "${odd(24)}"\n`.repeat(30);
    const sizes = fc.array(fc.constantFrom(1, 997, 40_000, 64_000, 70_000, 90_000), { minLength: 2 });
    fc.assert(
      fc.property(sizes, (given) => {
        const stream = masking().stream();
        let shown = "";
        for (let at = 0, turn = 0; at < text.length; turn++) {
          const end = at + (given[turn % given.length] ?? 1) * (turn % 7 === 0 ? 1 : 2);
          shown += stream.push(text.slice(at, end));
          at = end;
        }
        assert.equal(shown + stream.flush(), masking().mask(text));
      }),
      { numRuns: 30 },
    );
  });

  it("takes a text without words and lines in as many pieces as it has units", () => {
    // One that looked at all it holds for each of them would outlast the test.
    const stream = masking().stream();
    let length = 0;
    for (let count = 0; count < 1_000_000; count++) length += stream.push(count % 9 ? "." : "k").length;
    assert.equal(length + stream.flush().length, 1_000_000);
  });

  it("masks nothing twice", () => {
    const piece = fc.constantFrom(
      ...SECRETS.map((it) => it[1] + it[2] + it[3]),
      ...PLAIN.map((it) => it[1]),
      " ",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const masks = masking();
        const masked = masks.mask(pieces.join(" "));
        assert.equal(masks.mask(masked), masked);
      }),
    );
  });
});
