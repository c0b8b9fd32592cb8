import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type StandIn, startStandIn } from "../support/stand-in/server.ts";
import { answers, fails, says, type Turn } from "../support/stand-in/turns.ts";
import { endOf, type Place, place } from "./wheelhouse.ts";

const KEY = "client-key-of-a-test";
let here: Place;
let standIn: StandIn | undefined;

beforeEach(async () => {
  here = await place({});
});
afterEach(async () => {
  await standIn?.close();
  standIn = undefined;
  await here.remove();
});

/** Settings with Claude at a stand-in that plays these turns, as the name of a file. */
async function settings(turns: readonly Turn[], more: object = {}): Promise<string> {
  standIn = await startStandIn({ script: turns });
  const providers = { main: { type: "anthropic", baseUrl: standIn.url, keys: ["sk-ant-of-a-test-0001"] } };
  const path = join(here.project, "config.json");
  await writeFile(path, JSON.stringify({ providers, server: { port: 0, keys: [KEY] }, ...more }));
  return path;
}

/** A gateway that listens; `end` stops it and gives what it printed. */
async function serving(...flags: readonly string[]) {
  const child = here.start(["serve", ...flags]);
  const ended = endOf(child);
  const address = await new Promise<string>((resolve) => {
    child.stdout.on("data", (text) => {
      const found = /listens on (http:\S+)/.exec(String(text))?.[1];
      if (found) resolve(found);
    });
  });
  return {
    address,
    ask: (body: object, key = KEY) =>
      fetch(`${address}/v1/messages`, {
        method: "POST",
        headers: { "x-api-key": key },
        body: JSON.stringify(body),
      }),
    async end() {
      child.kill("SIGINT");
      return ended;
    },
  };
}

const ASKED = { model: "claude-sonnet-5-5", max_tokens: 100, messages: [{ role: "user", content: "hello" }] };

describe("wheelhouse serve", () => {
  it("answers clients that have a key, keeps what they cost, and ends at Ctrl+C", async () => {
    const gateway = await serving("--config", await settings([answers(says("hi"))]));
    assert.equal((await fetch(`${gateway.address}/health`)).status, 200);
    assert.equal((await gateway.ask(ASKED, "another-key-of-a-test")).status, 401);
    const answer = await gateway.ask({ ...ASKED, stream: true });
    assert.match(await answer.text(), /"text":"hi"[\s\S]*message_stop/);
    assert.equal((await gateway.end()).code, 0);
    const usage = JSON.parse((await here.run(["usage", "--by", "model", "--json"])).out);
    assert.deepEqual([usage.rows[0].name, usage.totals.requests], ["claude-sonnet-5-5", 1]);
    assert.match((await here.run(["usage", "--csv"])).out, /^name,requests/);
  });

  it("makes a key of its own when none is set, which only this person may read", async () => {
    const gateway = await serving("--port", "0");
    const key = (await readFile(join(here.home, "gateway-key"), "utf8")).trim();
    const answer = await gateway.ask({ ...ASKED, model: "offline" }, key);
    assert.match(await answer.text(), /offline model/);
    await gateway.end();
  });

  it("keeps whole exchanges without keys, and plays them again", async () => {
    const config = await settings([answers(says("hi"))]);
    const gateway = await serving("--config", config, "--capture");
    await (await gateway.ask({ ...ASKED, stream: true })).text();
    await gateway.end();
    const [captured] = JSON.parse((await here.run(["capture", "list", "--json"])).out);
    assert.equal(captured.provider, "main");
    const kept = await readFile(captured.path, "utf8");
    assert.doesNotMatch(kept, /of-a-test/);
    assert.match((await here.run(["capture", "show", captured.id])).out, /sent to .*\/v1\/messages/);
    const replay = await here.run(["capture", "replay", captured.id, "--settings", config]);
    assert.deepEqual([replay.code, replay.out], [0, "The answer is the same.\n"]);
  });

  it("refuses what it cannot read, and says where", async () => {
    const path = join(here.project, "broken.json");
    await writeFile(path, "{");
    const ran = await here.run(["serve", "--config", path]);
    assert.equal(ran.code, 1);
    assert.match(ran.err, /broken\.json/);
  });
});

describe("wheelhouse models", () => {
  it("lists models with what they cost, and how the keys are", async () => {
    const { code, out } = await here.run(["models", "list", "--settings", await settings([])]);
    assert.equal(code, 0);
    assert.match(out, /main \(anthropic\)/);
    assert.match(out, /claude-sonnet-5-5 +1M context, 128k out, \$2 in, \$10 out/);
    assert.match(out, /main#1 …0001: healthy/);
  });

  it("tests each key, and says what is wrong with one", async () => {
    const path = join(here.project, "dead.json");
    const dead = {
      type: "anthropic",
      baseUrl: "http://127.0.0.1:9",
      keys: ["env:NO_SUCH_KEY", "sk-ant-of-a-test-0001"],
    };
    const aws = { type: "bedrock", region: "eu-west-1", models: ["anthropic.claude-sonnet-5-5"] };
    await writeFile(path, JSON.stringify({ providers: { dead, aws } }));
    const { code, out } = await here.run(["models", "test", "--settings", path]);
    assert.equal(code, 1);
    assert.match(
      out,
      /PROBLEM dead#1 \(env:NO_SUCH_KEY\): there is no key: the variable NO_SUCH_KEY is not set/,
    );
    assert.match(out, /PROBLEM dead#2 \(…0001\): The API cannot be reached/);
    assert.match(out, /unasked aws#1 \(own key\): it has no list/);
  });

  describe("of the editor's own", () => {
    const editor = { lm: { type: "vscode-lm" } };

    for (const word of ["list", "test"])
      it(`are no problem for "models ${word}"`, async () => {
        const path = join(here.project, "editor.json");
        const routing = { background: { provider: "lm", model: "gpt-6" } };
        await writeFile(path, JSON.stringify({ providers: editor, routing }));
        const { out, err } = await here.run(["models", word, "--settings", path]);
        assert.equal(err, "");
        if (word === "list") assert.match(out, /lm \(vscode-lm\)\n {2}.*in the editor only\n/);
        assert.doesNotMatch(out, /lm#1/);
      });

    it("are said to be in the editor only when one is asked for", async () => {
      const path = join(here.project, "editor.json");
      await writeFile(path, JSON.stringify({ providers: editor }));
      const { code, err } = await here.run(["-p", "go", "--model", "lm/gpt-6", "--settings", path]);
      assert.notEqual(code, 0);
      assert.match(err, /in the editor only/);
    });

    it("leave the work to the next target", async () => {
      const fallback = [{ provider: "main", model: "claude-sonnet-5-5" }];
      const routing = { default: { provider: "lm", model: "gpt-6", fallback } };
      const path = await settings([answers(says("hi"))], { routing });
      const { providers, ...others } = JSON.parse(await readFile(path, "utf8"));
      await writeFile(path, JSON.stringify({ ...others, providers: { ...providers, ...editor } }));
      const gateway = await serving("--config", path);
      const answer = await gateway.ask({ ...ASKED, model: "anything" });
      assert.equal(answer.status, 200, await answer.clone().text());
      await gateway.end();
    });
  });

  it("asks the only key there is again, though it was refused before", async () => {
    standIn = await startStandIn({ script: [fails(401), answers(says("ok"))] });
    const env = { ANTHROPIC_API_KEY: "sk-ant-of-a-test-0001", ANTHROPIC_BASE_URL: standIn.url };
    assert.match((await here.run(["-p", "go"], { env })).err, /refused/);
    assert.equal((await here.run(["-p", "go"], { env })).out, "ok\n");
  });
});

describe("wheelhouse route explain", () => {
  const routing = {
    default: { provider: "main", model: "claude-sonnet-5-5" },
    thinking: { provider: "main", model: "claude-opus-5-5" },
    rules: [{ when: { model: "gpt-*" }, use: { provider: "main", model: "claude-haiku-5-5" } }],
  };

  for (const [what, body, category, model] of [
    ["the default", ASKED, "default", "claude-sonnet-5-5"],
    ["thinking", { ...ASKED, thinking: { type: "adaptive" } }, "thinking", "claude-opus-5-5"],
    ["a rule, in another dialect", { model: "gpt-6", input: "hello" }, "rule", "claude-haiku-5-5"],
    ["a model named with its provider", { ...ASKED, model: "main/x" }, "explicit", "x"],
  ] as const) {
    it(`tells why without asking anybody: ${what}`, async () => {
      const config = await settings([], { routing });
      const flags = ["--request", "-", "--settings", config, "--json"];
      const ran = await here.run(["route", "explain", ...flags], { stdin: JSON.stringify(body) });
      const { targets, ...told } = JSON.parse(ran.out);
      assert.deepEqual([told.category, targets[0].model, told.keys[0].state], [category, model, "free"]);
      assert.equal(standIn?.requests.length, 0);
    });
  }
});

describe("wheelhouse code", () => {
  it("starts the tool with its models coming from here, and without the person's keys", async () => {
    const bin = join(here.project, "bin");
    await mkdir(bin);
    const script = '#!/bin/sh\necho "$@"\nenv | grep -E "ANTHROPIC|OPENAI" | sort\nexit 7\n';
    await writeFile(join(bin, "claude"), script);
    await chmod(join(bin, "claude"), 0o755);
    const env = {
      PATH: `${bin}:${process.env["PATH"]}`,
      ANTHROPIC_API_KEY: "sk-ant-of-the-person",
      OPENAI_API_KEY: "sk-of-the-person",
    };
    const { code, out } = await here.run(["code", "claude", "-p", "--model", "x"], { env });
    assert.equal(code, 7);
    assert.match(
      out,
      /^-p --model x\nANTHROPIC_AUTH_TOKEN=whk-\S+\nANTHROPIC_BASE_URL=http:\/\/127\.0\.0\.1:\d+\n$/,
    );
  });

  for (const [what, given, expected] of [
    ["the gateway alone", {}, "127.0.0.1"],
    ["the gateway, too", { NO_PROXY: "*.corp.example" }, "*.corp.example,127.0.0.1"],
    ["in small letters", { no_proxy: "a.example" }, "a.example,127.0.0.1"],
  ] as const)
    it(`lets the tool come to its gateway past a proxy: ${what}`, async () => {
      const bin = join(here.project, "bin");
      await mkdir(bin);
      await writeFile(join(bin, "claude"), '#!/bin/sh\necho "$NO_PROXY $no_proxy $HTTPS_PROXY"\n');
      await chmod(join(bin, "claude"), 0o755);
      const proxied = { PATH: `${bin}:${process.env["PATH"]}`, HTTPS_PROXY: "http://proxy.example:3128" };
      const { out } = await here.run(["code", "claude"], { env: { ...proxied, ...given } });
      assert.equal(out, `${expected} ${expected} http://proxy.example:3128\n`);
    });

  it("says when the tool is not there", async () => {
    const { code, err } = await here.run(["code", "codex"], { env: { PATH: "/nowhere" } });
    assert.equal(code, 1);
    assert.match(err, /"codex" is not installed/);
    assert.equal((await readdir(here.project)).length, 0);
  });
});
