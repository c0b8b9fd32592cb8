import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { bash } from "../../src/agent/tools/bash.ts";
import { readLayer } from "../../src/settings.ts";
import type { CommandEnd, Shell } from "../../src/world.ts";
import { type Project, project } from "../agent/tools/project.ts";
import { never } from "../contract/temporary-folder.ts";
import { bubblewrapPath } from "../support/bubblewrap.ts";
import { type Place, place } from "../terminal/wheelhouse.ts";

const WAY_OUT =
  "(If the task needs it, run it again with dangerouslyDisableSandbox: the person decides about that.)";

describe("the result of a command in the sandbox", () => {
  let here: Project;
  beforeEach(async () => (here = await project()));
  afterEach(() => here.done());

  const answer = async (end: Partial<CommandEnd>) => {
    const whole: CommandEnd = { output: "", exitCode: 1, ended: "exit", folder: undefined, ...end };
    const shell = { ...here.abilities.shell, run: async () => whole };
    return bash.run({ command: "make" }, { ...here.abilities, shell }, never());
  };

  it("tells the model and the person what was refused", async () => {
    const refusal = 'The sandbox refused access to "/w/.env".';
    const { content, display } = await answer({ output: "cat: .env\n", blocked: [refusal] });
    assert.equal(content, `cat: .env\n(exit code 1)\n(${refusal})\n${WAY_OUT}`);
    assert.ok(display?.kind === "terminal");
    assert.equal(display.output, `cat: .env\n(${refusal})`);
  });

  it("comes from outside only when that was asked for, which is told to who decides", async () => {
    const asked: (boolean | undefined)[] = [];
    const shell: Shell = {
      ...here.abilities.shell,
      run: async ({ sandboxed }) => {
        asked.push(sandboxed);
        return { output: "", exitCode: 0, ended: "exit", folder: undefined };
      },
    };
    for (const more of [{}, { dangerouslyDisableSandbox: true }, { dangerouslyDisableSandbox: false }])
      await bash.run({ command: "make", ...more }, { ...here.abilities, shell }, never());
    assert.deepEqual(asked, [undefined, false, undefined]);
    const reach = bash.reach({ command: "make", dangerouslyDisableSandbox: true }, "/w");
    assert.deepEqual(reach, { kind: "command", command: "make", sandboxed: false });
    assert.deepEqual(bash.reach({ command: "make" }, "/w"), { kind: "command", command: "make" });
  });

  it("is as ever when nothing was", async () => {
    const { content, display } = await answer({ output: "no\n", sandboxed: true });
    assert.equal(content, "no\n(exit code 1)");
    assert.ok(display?.kind === "terminal" && display.output === "no\n");
  });
});

describe("the settings of the sandbox", () => {
  for (const name of ["sandbox.mode", "sandbox.allowedHosts", "sandbox.allowWrite"]) {
    it(`have ${name} from the person only`, () => {
      const value = name === "sandbox.mode" ? "off" : ["x"];
      assert.equal(readLayer({ [name]: value }, "file", "person").problems.length, 0);
      const { values, problems } = readLayer({ [name]: value }, "file", "folder");
      assert.deepEqual(values, {});
      assert.match(problems[0] ?? "", /may only restrict/);
    });
  }
});

describe("wheelhouse doctor", () => {
  let here: Place;
  beforeEach(async () => (here = await place()));
  afterEach(() => here.remove());
  const doctor = async (settings: object) => {
    await mkdir(here.home, { recursive: true });
    await writeFile(join(here.home, "settings.json"), JSON.stringify(settings));
    const { out } = await here.run(["doctor"]);
    return out.split("\n").find((it) => it.includes(" Sandbox: ")) ?? out;
  };

  it("tries the sandbox even where it is switched off", async () => {
    const has = process.platform === "linux" && bubblewrapPath() !== undefined;
    assert.match(await doctor({}), has ? /^ok .*(full|none) \(sandbox\.mode off\)/ : /^ok .*none/);
  });

  it("calls it a problem when it is wanted and cannot be had", async () => {
    const said = await doctor({ "sandbox.mode": "on", "sandbox.allowWrite": ["/"] });
    assert.match(said, /^PROBLEM Sandbox: none \(sandbox\.mode on\)\. .*holds your home/);
  });
});
