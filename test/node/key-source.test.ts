import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { hostRouter } from "../../src/node/host-router.ts";
import { type KeySource, plainKeys, restoreKeys } from "../../src/node/key-source.ts";
import { newSessionModel } from "../../src/node/new-session-model.ts";
import { mergeLayers, type Settings } from "../../src/settings.ts";

/** A storage whose secrets a test may change. */
function storage(env: Record<string, string> = {}) {
  const secrets = new Map<string, string>();
  let names: ReadonlySet<string> = new Set();
  const keys: KeySource = { env, secret: async (name) => secrets.get(name), stored: () => names };
  const put = (name: string, value: string) => {
    secrets.set(name, value);
    names = new Set(secrets.keys());
  };
  return { keys, put };
}

describe("a key that is stored", () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "wheelhouse-keys-"));
  });
  after(() => rm(home, { recursive: true }));
  const open = (settings: Partial<Settings>, keys: KeySource) => {
    const whole = mergeLayers([settings]);
    return hostRouter({ settings: () => whole, keys, home, complain: () => undefined });
  };

  it("reaches its vendor without any settings, as soon as it is there", () => {
    const { keys, put } = storage();
    const router = open({}, keys);
    const names = () => router.providers.map((it) => it.setting.name);
    assert.deepEqual(names(), ["anthropic", "offline"]);
    put("gemini.apiKey", "AIza-a-key-of-a-test");
    assert.deepEqual(names(), ["anthropic", "gemini", "offline"]);
    assert.equal(router.providerOf("gemini-4-argon"), "gemini");
  });

  it("keeps what is known of the providers when another secret comes", () => {
    const { keys, put } = storage();
    const router = open({}, keys);
    const [before] = router.providers;
    put("something", "else entirely");
    assert.equal(router.providers[0], before);
  });

  it("is asked again once it is another one, and no other key is", () => {
    const { keys } = storage();
    const main = { type: "anthropic", keys: ["secret:work", "secret:home", "env:KEY"] };
    const router = open({ providers: { main } }, keys);
    const pool = router.providers[0]?.pool;
    const states = () => pool?.instances.map((it) => it.health.state);
    for (let it = 0; it < 3; it++) {
      const taken = pool?.take({ model: "m", session: "", tokens: () => 0 }, new Set());
      if (taken && "instance" in taken) taken.failed({ kind: "auth", message: "wrong" }, 0);
    }
    assert.deepEqual(states(), ["disabled", "disabled", "disabled"]);
    restoreKeys(router.providers, "home");
    assert.deepEqual(states(), ["disabled", "healthy", "disabled"]);
  });

  it("decides on the model of new sessions, in the order of the vendors", async () => {
    const { keys, put } = storage({ GEMINI_API_KEY: "AIza-of-the-environment" });
    const model = () => newSessionModel(mergeLayers([]), keys);
    assert.equal(await model(), "gemini-4-argon");
    put("openai.apiKey", "sk-of-a-test");
    assert.equal(await model(), "gpt-6.1-sol");
    put("anthropic.apiKey", "sk-ant-of-a-test");
    assert.equal(await model(), "claude-sonnet-5-5");
    assert.equal(await newSessionModel(mergeLayers([{ routing: { default: {} } }]), keys), "auto");
    assert.equal(await newSessionModel(mergeLayers([]), storage().keys), "offline");
  });

  it("of a vendor may be named by routing without an entry of its own", () => {
    const { keys, put } = storage();
    put("openai.apiKey", "sk-of-a-test");
    const router = open({ routing: { default: { provider: "openai", model: "gpt-6.1-sol" } } }, keys);
    assert.deepEqual(router.configuration().problems, []);
    assert.equal(router.providerOf("auto"), "openai");
  });

  it("is known for what must be hidden where it stands in settings or the environment", () => {
    const main = { type: "openai-chat", keys: ["literal-key", "env:MINE", "secret:work"] };
    const router = open({ providers: { main } }, storage().keys);
    const found = plainKeys(router.configuration(), { MINE: "mine", OPENAI_API_KEY: "theirs" });
    assert.deepEqual(new Set(found.filter((it) => it)), new Set(["literal-key", "mine", "theirs"]));
  });
});
