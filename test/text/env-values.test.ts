import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { envSecrets, isEnvName } from "../../src/text/env-values.ts";

describe("the secrets of an .env text", () => {
  for (const [what, text, values] of [
    ["a value by its name", "DB_PASSWORD=tr0mbone", ["tr0mbone"]],
    ["one in quotes, exported, with a comment behind", 'export API_KEY="a b9-xQ7z" # c', []],
    ["one in quotes", "API_KEY='xQ7z-81-Lm'\n", ["xQ7z-81-Lm"]],
    ["a bare one with a comment behind", "API_TOKEN=xQ7z81Lm # mine", ["xQ7z81Lm"]],
    ["a long odd one whatever its name", "X=q8Zv3LmP0xT7yB2nW5kD", ["q8Zv3LmP0xT7yB2nW5kD"]],
    ["the lines of one over several", 'CERT_KEY="ab12CD34ef\ngh56IJ78kl"', ["ab12CD34ef", "gh56IJ78kl"]],
    ["no short one", "API_KEY=abc1", []],
    ["no word", "AUTH_MODE=production\nTOKEN_KIND=bearer", []],
    [
      "no address, path, version or number",
      "API_KEY_URL=https://a.example/b1\nKEY_PATH=/etc/k9/x\nPORT=8080",
      [],
    ],
    ["no reference to another", "API_KEY=$OTHER_KEY_1", []],
    ["no hash of a commit", "COMMIT=0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", []],
  ] as const)
    it(`are ${what}`, () =>
      assert.deepEqual(
        envSecrets(text).map((it) => it.value),
        values,
      ));

  it("are each once, and no more than a program's settings have", () => {
    const text = Array.from({ length: 3_000 }, (_, index) => `KEY_${index}=tr0mbone-${index >> 1}\n`).join(
      "",
    );
    const values = envSecrets(text).map((it) => it.value);
    assert.deepEqual([values.length, new Set(values).size, values[1]], [500, 500, "tr0mbone-1"]);
  });

  it("are called by their variable", () => {
    assert.deepEqual(envSecrets("DB.PASSWORD=tr0mbone"), [{ value: "tr0mbone", what: "DB_PASSWORD" }]);
  });
});

describe("a file's name", () => {
  for (const name of [".env", ".env.local", ".env~", "prod.env", "prod.env.bak", ".ENV"])
    it(`says that ${name} holds variables`, () => assert.ok(isEnvName(name)));
  for (const name of [".env.example", "a.env.sample", ".envrc", "env", "environment.ts", "a.environment"])
    it(`does not say so of ${name}`, () => assert.ok(!isEnvName(name)));
});
