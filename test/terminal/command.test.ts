import assert from "node:assert/strict";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { VERSION } from "../../src/version.ts";
import { type StandIn, startStandIn } from "../support/stand-in/server.ts";
import { answers, calls, fails, says, type Turn, thinks } from "../support/stand-in/turns.ts";
import { endOf, jsonLines, type Place, place, type Ran } from "./wheelhouse.ts";

let here: Place;
let standIn: StandIn | undefined;

before(async () => {
  here = await place({ "a.txt": "one\n" });
});
after(() => here.remove());
afterEach(async () => {
  await standIn?.close();
  standIn = undefined;
});

const EDITS = ["--permission-mode", "acceptEdits"];

/** The environment in which Claude is a stand-in that plays these turns. */
async function claude(...turns: readonly Turn[]): Promise<Readonly<Record<string, string>>> {
  standIn = await startStandIn({ script: turns });
  return { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: standIn.url };
}

function json({ out }: Ran) {
  return JSON.parse(out) as Readonly<Record<string, unknown>> & { readonly session_id: string };
}

describe("wheelhouse -p", () => {
  it("prints the last text, and nothing else, on standard output", async () => {
    const { code, out } = await here.run(["-p", "show a.txt"]);
    assert.deepEqual([code, out], [0, "That is a.txt.\n"]);
  });

  it("does what it was asked in the folder it is in", async () => {
    const { code } = await here.run(["-p", 'show a.txt then replace "one" with "two" in a.txt', ...EDITS]);
    assert.deepEqual([code, await readFile(join(here.project, "a.txt"), "utf8")], [0, "two\n"]);
    await writeFile(join(here.project, "a.txt"), "one\n");
  });

  it("takes the prompt from standard input, alone or behind the argument", async () => {
    assert.equal((await here.run(["-p"], { stdin: "show a.txt" })).out, "That is a.txt.\n");
    const env = await claude(answers(says("ok")));
    await here.run(["-p", "explain this:"], { stdin: "some text", env });
    assert.match(JSON.stringify(standIn?.requests[0]?.body.messages), /explain this:\\n\\nsome text/);
  });

  it("does not wait for ever for standard input that nobody closes", async () => {
    const child = here.start(["-p", "show a.txt"]);
    assert.equal((await endOf(child)).out, "That is a.txt.\n");
  });

  it("prints one result object with --output-format json", async () => {
    const env = await claude(
      answers(thinks("hm"), says("look"), calls("Read", { file_path: "a.txt" })),
      answers(says("It says one.")),
    );
    const ran = await here.run(["-p", "what is in a.txt?", "--output-format", "json"], { env });
    const { session_id, duration_ms, duration_api_ms, total_cost_usd, usage, modelUsage, ...rest } =
      json(ran);
    assert.deepEqual(
      [ran.code, rest],
      [
        0,
        {
          type: "result",
          subtype: "success",
          is_error: false,
          result: "It says one.",
          num_turns: 2,
          permission_denials: [],
        },
      ],
    );
    assert.match(session_id, /^[a-z0-9]{12}$/);
    assert.ok(Number(duration_ms) >= Number(duration_api_ms) && Number(total_cost_usd) > 0);
    const names = ["input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"];
    assert.deepEqual(Object.keys(usage as object), names);
    const [[model, byModel] = []] = Object.entries(modelUsage as Record<string, { costUSD: number }>);
    assert.deepEqual([model, byModel?.costUSD], ["claude-sonnet-5-5", total_cost_usd]);
  });

  it("prints what happens line by line with --output-format stream-json", async () => {
    const reads = [calls("Read", { file_path: "a.txt" }), calls("Read", { file_path: "absent.txt" })];
    const env = await claude(answers(...reads), answers(says("ok")));
    const { out } = await here.run(["-p", "go", "--output-format", "stream-json", "--verbose"], { env });
    const lines = jsonLines(out);
    assert.deepEqual(
      lines.map((it) => it.type),
      ["system", "assistant", "user", "assistant", "result"],
    );
    const [init, said, told] = lines as [
      Record<string, unknown>,
      { message: Record<string, unknown> },
      { message: { content: { tool_use_id: string; is_error?: boolean }[] } },
    ];
    const { session_id, tools, ...rest } = init;
    assert.deepEqual(rest, {
      type: "system",
      subtype: "init",
      model: "claude-sonnet-5-5",
      cwd: here.project,
      mcp_servers: [],
      permissionMode: "default",
    });
    assert.ok((tools as string[]).includes("Read"));
    assert.ok(lines.every((it) => it.session_id === session_id));
    assert.deepEqual([said.message.role, said.message.stop_reason], ["assistant", "tool_use"]);
    assert.deepEqual(
      told.message.content.map((it) => [it.tool_use_id, it.is_error ?? false]),
      [
        ["toolu_0001", false],
        ["toolu_0002", true],
      ],
    );
  });

  it("takes one user message a line with --input-format stream-json", async () => {
    const env = await claude(answers(says("first")), answers(says("second")));
    const line = (content: unknown) => JSON.stringify({ type: "user", message: { role: "user", content } });
    const stdin = `${line("one")}\n\n${line([{ type: "text", text: "two" }])}\n`;
    const { out } = await here.run(["-p", "--input-format", "stream-json"], { env, stdin });
    assert.equal(out, "second\n");
    assert.equal(standIn?.requests.length, 2);
    const wrong = await here.run(["-p", "--input-format", "stream-json"], { env, stdin: "null\n" });
    assert.deepEqual([wrong.code, /no user message/.test(wrong.err)], [2, true]);
  });

  it("denies what it would have to ask about, tells the model and lists it", async () => {
    const ran = await here.run(["-p", "run touch b.txt", "--output-format", "json"]);
    const { permission_denials } = json(ran);
    const [denial] = permission_denials as { tool_name: string; tool_input: unknown }[];
    assert.deepEqual([denial?.tool_name, denial?.tool_input], ["Bash", { command: "touch b.txt" }]);
    await assert.rejects(readFile(join(here.project, "b.txt")));
  });

  it("runs what --allowedTools allows and nothing of --disallowedTools", async () => {
    assert.match(
      (await here.run(["-p", "run echo hi", "--allowedTools", "Bash(echo hi)"])).out,
      /Ran `echo hi`/,
    );
    const both = [
      "-p",
      "run echo hi",
      "--allowedTools",
      "Bash(echo hi)",
      "--disallowedTools",
      "Bash(echo:*)",
    ];
    assert.match((await here.run(both)).out, /The rule Bash\(echo:\*\) forbids/);
  });

  it("stops after --max-turns and says so", async () => {
    const read = () => answers(calls("Read", { file_path: "a.txt" }));
    const env = await claude(read(), read(), read());
    const ran = await here.run(["-p", "go", "--max-turns", "2", "--output-format", "json"], { env });
    assert.deepEqual(
      [ran.code, json(ran).subtype, json(ran).is_error, json(ran).num_turns],
      [1, "error_max_turns", true, 2],
    );
  });

  it("stops when --max-budget-usd is used up, and says so, also in a session gone on with", async () => {
    const read = () => answers(calls("Read", { file_path: "a.txt" }));
    const env = await claude(read(), read(), read());
    const budget = ["--max-budget-usd", "0.000001", "--output-format", "json"];
    const ran = await here.run(["-p", "go", ...budget], { env });
    assert.deepEqual([ran.code, json(ran).subtype], [1, "error_max_budget_usd"]);
    const again = await here.run(["-p", "more", "--resume", json(ran).session_id, ...budget], { env });
    assert.equal(json(again).subtype, "error_max_budget_usd");
  });

  it("fails with a sentence when the model cannot be asked", async () => {
    const env = await claude(fails(401));
    const ran = await here.run(["-p", "go", "--output-format", "json"], { env });
    assert.deepEqual([ran.code, json(ran).subtype, json(ran).is_error], [1, "error_during_execution", true]);
    assert.match(ran.err, /API key.*refused/);
  });

  it("goes on with --fallback-model when the first is overloaded", async () => {
    const env = await claude(
      ...Array.from({ length: 4 }, () => fails(529, { "retry-after-ms": "1" })),
      answers(says("ok")),
    );
    const ran = await here.run(["-p", "go", "--fallback-model", "claude-haiku-5-5"], { env });
    assert.deepEqual([ran.code, ran.out], [0, "ok\n"]);
    assert.equal(standIn?.requests.at(-1)?.body.model, "claude-haiku-5-5");
  });

  it("ends with 130 at Ctrl+C and keeps what was said", async () => {
    const env = await claude({
      blocks: [says("half an answer")],
      fault: { hangAfterEvents: 3, pings: true },
    });
    const child = here.start(["-p", "go", "--output-format", "json"], { env });
    child.stdin.end();
    const ended = endOf(child);
    while ((standIn?.requests.length ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    const ran = await ended;
    assert.deepEqual([ran.code, json(ran).subtype], [130, "interrupted"]);
  });

  it("ends with 130 at Ctrl+C while it waits for standard input", async () => {
    const child = here.start(["-p", "--input-format", "stream-json", "--output-format", "stream-json"]);
    const ended = endOf(child);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGINT");
    assert.equal((await ended).code, 130);
  });

  it("appends to the system prompt and takes settings from the command line", async () => {
    const env = await claude(answers(says("ok")));
    await here.run(
      ["-p", "go", "--append-system-prompt", "Talk like a sailor.", "--settings", '{"effort":"low"}'],
      { env },
    );
    const body = standIn?.requests[0]?.body;
    assert.match(JSON.stringify(body?.system), /Talk like a sailor/);
    assert.deepEqual(body?.output_config, { effort: "low" });
  });
});

describe("a session of the command line", () => {
  async function begun(): Promise<string> {
    return json(await here.run(["-p", "show a.txt", "--output-format", "json"])).session_id;
  }

  it("is gone on with by --resume and by --continue, and forked", async () => {
    const id = await begun();
    assert.equal(
      json(await here.run(["-p", "help", "--resume", id, "--output-format", "json"])).session_id,
      id,
    );
    assert.equal(json(await here.run(["-p", "help", "-c", "--output-format", "json"])).session_id, id);
    const fork = json(
      await here.run(["-p", "help", "-c", "--fork-session", "--output-format", "json"]),
    ).session_id;
    assert.notEqual(fork, id);
    const shown = (await here.run(["sessions", "show", fork])).out;
    assert.equal(shown.match(/> help/g)?.length, 3);
  });

  it("is gone on with in its own folder, wherever the command is given", async () => {
    const other = await place({ "a.txt": "elsewhere\n" });
    const id = await begun();
    const options = { cwd: other.project };
    await here.run(
      ["-p", 'show a.txt then replace "one" with "1" in a.txt', "--resume", id, ...EDITS],
      options,
    );
    assert.equal(await readFile(join(here.project, "a.txt"), "utf8"), "1\n");
    await writeFile(join(here.project, "a.txt"), "one\n");
    await other.remove();
  });

  it("keeps its own folder's rules wherever the command is given, and takes none of the present one's", async () => {
    const [mine, other] = [await place({ "a.txt": "one\n", "b.txt": "two\n" }), await place()];
    const deny = (where: Place, rule: string) =>
      mkdir(join(where.project, ".wheelhouse")).then(() =>
        writeFile(
          join(where.project, ".wheelhouse", "settings.json"),
          JSON.stringify({ permissions: { deny: [rule] } }),
        ),
      );
    await deny(mine, "Read(a.txt)");
    await deny(other, "Read");
    const id = json(await mine.run(["-p", "help", "--output-format", "json"])).session_id;
    for (const [prompt, denied] of [
      ["show b.txt", 0],
      ["show a.txt", 1],
    ] as const) {
      const given = ["-p", prompt, "--resume", id, "--output-format", "json"];
      const ran = await mine.run(given, { cwd: other.project });
      assert.equal((json(ran)["permission_denials"] as unknown[]).length, denied, prompt);
      assert.match(ran.err, new RegExp(`works in ${mine.project}`));
    }
    await Promise.all([mine.remove(), other.remove()]);
  });

  it("whose folder is gone is not gone on with, and says where that was", async () => {
    const lost = await place();
    const id = json(await lost.run(["-p", "help", "--output-format", "json"])).session_id;
    await rm(lost.project, { recursive: true });
    const { code, err } = await lost.run(["-p", "help", "--resume", id], { cwd: here.project });
    assert.deepEqual([code, err.includes(`works in ${lost.project}, which is not there`)], [2, true], err);
    await lost.remove();
  });

  it("takes further folders from where the command is given", async () => {
    const other = await place({ "far.txt": "far\n" });
    await mkdir(join(other.project, "near"));
    const options = { cwd: other.project };
    const given = ["-p", "help", "--resume", await begun(), "--add-dir", "near"];
    assert.equal((await here.run(given, options)).code, 0);
    await other.remove();
  });

  it("that is not there is a sentence and exit code 2", async () => {
    for (const given of [
      ["--resume", "abcdefghijkl"],
      ["--resume", "../../x"],
    ]) {
      const { code, err } = await here.run(["-p", "x", ...given]);
      assert.deepEqual([code, /there is no session/.test(err)], [2, true]);
    }
    const empty = await place();
    const none = await empty.run(["-p", "x", "--continue"]);
    assert.deepEqual([none.code, /no session to continue/.test(none.err)], [2, true]);
    await empty.remove();
  });

  it("is listed, searched, shown, exported and deleted", async () => {
    const id = await begun();
    const list = (await here.run(["sessions", "list", "show"])).out;
    assert.match(list, new RegExp(`^${id} .* offline  show a.txt$`, "m"));
    assert.equal((await here.run(["sessions", "list", "nothing of that"])).out, "");
    assert.match(
      (await here.run(["sessions", "show", id])).out,
      /> show a.txt[\s\S]*● Read a.txt done[\s\S]*That is a.txt/,
    );
    assert.match((await here.run(["sessions", "export", id])).out, /^# show a.txt\n/);
    const events = JSON.parse((await here.run(["sessions", "export", id, "--format", "json"])).out);
    assert.equal(events[0].type, "opened");
    assert.equal((await here.run(["sessions", "export", id, "--format", "pdf"])).code, 2);
    assert.equal((await here.run(["sessions", "delete", id])).code, 0);
    assert.equal((await here.run(["sessions", "show", id])).code, 1);
    assert.equal((await here.run(["sessions", "delete", id])).code, 1);
    assert.equal((await here.run(["sessions"])).code, 2);
  });

  it("survives a reader that goes away", async () => {
    const child = here.start(["sessions", "list"]);
    child.stdout.destroy();
    const { err } = await endOf(child);
    assert.doesNotMatch(err, /EPIPE|at /);
  });
});

describe("wheelhouse", () => {
  it("says its version and helps", async () => {
    for (const flag of ["--version", "-v"])
      assert.equal((await here.run([flag])).out, `${VERSION} (Wheelhouse)\n`);
    const { code, out } = await here.run(["--help"]);
    assert.equal(code, 0);
    for (const it of ["-p", "--resume", "sessions list", "doctor", "completion", "130"])
      assert.ok(out.includes(it), it);
  });

  it("keeps its folder to this person", async () => {
    await here.run(["sessions", "list"]);
    assert.equal((await stat(here.home)).mode & 0o777, 0o700);
  });

  for (const [what, given] of [
    ["a flag that is not there", ["--frobnicate"]],
    ["the name of something every object has", ["--constructor"]],
    ["a flag without its value", ["-p", "--model"]],
    ["a value that is none of the flag's", ["-p", "x", "--effort", "huge"]],
    ["a value for a flag that takes none", ["--print=yes"]],
    ["a limit that is no number", ["-p", "x", "--max-turns", "many"]],
    ["a folder that is not there", ["-p", "x", "--cwd", "/nowhere/at/all"]],
    ["no prompt", ["-p"]],
    ["bypassing without leave", ["-p", "x", "--permission-mode", "bypassPermissions"]],
    ["a shell without completion", ["completion", "csh"]],
  ] as const) {
    it(`ends with 2 for ${what}, and says what is wrong`, async () => {
      const { code, out, err } = await here.run(given);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, /^wheelhouse: /m);
    });
  }

  it("completes for each shell, in words that shell takes", async () => {
    for (const [shell, sign] of [
      ["bash", "complete -o default"],
      ["zsh", "#compdef"],
      ["fish", "complete -c wheelhouse"],
    ] as const) {
      const { out } = await here.run(["completion", shell]);
      assert.ok(out.includes(sign) && out.includes("permission-mode"), shell);
    }
  });

  it("looks after itself with doctor, and says what is wrong with settings", async () => {
    const good = await here.run(["doctor"]);
    assert.match(good.out, /ok {5} Node: v[\s\S]*ok {5} State: /);
    assert.equal(good.code, 0);
    await writeFile(join(here.home, "settings.json"), '{\n "effort": "huge",\n');
    const bad = await here.run(["doctor"]);
    assert.match(bad.out, /PROBLEM Settings: .*settings.json: line \d/);
    assert.equal(bad.code, 1);
    await rm(join(here.home, "settings.json"));
  });
});
