import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { JsonObject } from "../../src/model/conversation.ts";
import { CODE_TOOLS } from "../../src/terminal/code-tools.ts";
import { CLIENT_KEY, liveGateway, providerAt } from "./gateway.ts";
import { type Act, scriptedVendor } from "./scripted-vendor.ts";
import { callsTool } from "./vendor-calls.ts";
import { answers, VENDOR_FORMS, type VendorForm } from "./vendor-forms.ts";

const WORD = "persimmon";
const ASKED = "Read the file secret.txt and tell me the word in it.";
const LIMIT_MS = 120_000;

/** A place for one run. */
interface Place {
  readonly home: string;
  readonly project: string;
  readonly address: string;
}

/** A command-line agent. */
interface Agent {
  readonly program: (modules: string) => string;
  readonly given: (place: Place) => readonly string[];
  readonly env: (place: Place) => Readonly<Record<string, string>>;
  /** Files in its home. */
  readonly files: Readonly<Record<string, string>>;
  /** The tool that it has for reading, and with what it is called; the first that it offers counts. */
  readonly tools: (place: Place) => readonly (readonly [string, JsonObject])[];
  /** The form of vendor in front of which it is not asked. */
  readonly without?: string;
}

const AGENTS = {
  claude: {
    program: (modules) =>
      join(modules, `@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`),
    given: () => ["-p", ASKED, "--model", "claude-sonnet-5-5", "--allowedTools", "Read"],
    env: ({ address }) => ({
      ANTHROPIC_BASE_URL: address,
      ANTHROPIC_AUTH_TOKEN: CLIENT_KEY,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    }),
    files: {},
    tools: ({ project }) => [["Read", { file_path: join(project, "secret.txt") }]],
  },
  // Of a model that it does not know Codex thinks little: all its tools are plain functions.
  codex: codexWith("house-model"),
  // What it knows gets one tool that runs scripts, told by an item of the input; only OpenAI calls that by its own name.
  "codex-scripts": { ...codexWith("gpt-6-sol"), without: "openai" },
  gemini: {
    program: (modules) => join(modules, ".bin/gemini"),
    given: () => ["-p", ASKED, "-m", "gemini-3-flash-preview", "--yolo"],
    env: ({ address }) => ({
      GEMINI_API_KEY: CLIENT_KEY,
      GOOGLE_GEMINI_BASE_URL: address,
      GEMINI_CLI_TRUST_WORKSPACE: "true",
    }),
    files: {
      ".gemini/settings.json": JSON.stringify({
        security: { auth: { selectedType: "gemini-api-key" } },
        privacy: { usageStatisticsEnabled: false },
      }),
    },
    tools: () => [["read_file", { file_path: "secret.txt" }]],
  },
  opencode: {
    program: (modules) => join(modules, `opencode-${process.platform}-${process.arch}/bin/opencode`),
    given: () => ["run", ASKED, "--model", "anthropic/house-model", "--auto"],
    env: ({ address }) => ({
      ...CODE_TOOLS["opencode"]?.env(address, CLIENT_KEY),
      OPENCODE_CONFIG: "opencode-models.json",
      OPENCODE_DISABLE_AUTOUPDATE: "1",
    }),
    files: {
      "project/opencode-models.json": JSON.stringify({
        provider: { anthropic: { models: { "house-model": { tool_call: true } } } },
      }),
    },
    tools: ({ project }) => [["read", { filePath: join(project, "secret.txt") }]],
  },
} as const satisfies Readonly<Record<string, Agent>>;

/** Agents of others: Claude Code, Codex (with a model that it does not know, and with one that it does), Gemini CLI and OpenCode. */
export type ClientName = keyof typeof AGENTS;

/** All of them. */
export const CLIENTS = Object.keys(AGENTS) as readonly ClientName[];

/** Whether it is there, in this folder of packages. */
export function hasClient(name: ClientName, modules: string): boolean {
  return existsSync(AGENTS[name].program(modules));
}

/** The forms of vendors in front of which it is asked. */
export function formsFor(name: ClientName): readonly VendorForm[] {
  const { without }: Agent = AGENTS[name];
  return VENDOR_FORMS.filter((it) => it.type !== without);
}

function codexWith(model: string): Agent {
  return {
    program: (modules) => join(modules, ".bin/codex"),
    given: ({ address }) => [
      "exec",
      "--skip-git-repo-check",
      "--dangerously-bypass-approvals-and-sandbox",
      ...["-c", 'model_provider="house"', "-c", `model="${model}"`],
      ...[
        "-c",
        `model_providers.house={name="house",base_url="${address}/v1",env_key="HOUSE_KEY",wire_api="responses"}`,
      ],
      ASKED,
    ],
    env: () => ({ HOUSE_KEY: CLIENT_KEY }),
    files: {},
    tools: () => [
      ["functions__exec", { input: 'text(await tools.exec_command({ cmd: "cat secret.txt" }))' }],
      ["exec_command", { cmd: "cat secret.txt" }],
    ],
  };
}

/** What came of it. */
export interface ClientRun {
  /** Whether it told the word. */
  readonly hasTold: boolean;
  /** What it printed, what the gateway told, and how requests failed. */
  readonly details: string;
}

/**
 * Asks an agent, unmodified, through a live gateway in front of a scripted vendor of a form, what a file says: it has to
 * call its own tool for it, and must tell the word that stands there.
 */
export async function askedClient(name: ClientName, form: VendorForm, modules: string): Promise<ClientRun> {
  const agent: Agent = AGENTS[name];
  const home = await mkdtemp(join(tmpdir(), "wheelhouse-client-"));
  const project = join(home, "project");
  await mkdir(project);
  await writeFile(join(project, "secret.txt"), `The word is ${WORD}.\n`);
  for (const [path, text] of Object.entries(agent.files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text);
  }
  const vendor = await scriptedVendor(() => undefined);
  const target = { provider: "main", model: form.model };
  const routing = Object.fromEntries(
    ["default", "background", "thinking", "search"].map((it) => [it, target]),
  );
  const gateway = await liveGateway({
    settings: { providers: { main: providerAt(form, vendor.address) }, routing },
  });
  const place = { home, project, address: gateway.address };
  vendor.does(script(agent.tools(place), form));
  try {
    const { out, err } = await ended(agent, place, modules);
    const failures = gateway.attempts().map((it) => it.failure);
    const details = [out.slice(-1_500), err.slice(-3_000), ...gateway.told, failures.join(" ")].join("\n");
    return { hasTold: out.includes(WORD.toUpperCase()), details };
  } finally {
    await vendor.close();
    await gateway.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Calls the tool until the file's words are in the conversation, and then tells the word, in capitals. */
function script(tools: readonly (readonly [string, JsonObject])[], form: VendorForm): Act {
  return (request, response) => {
    const tool = tools.find(([it]) => request.text.includes(`"name":"${it}"`));
    if (request.text.includes(`The word is ${WORD}`))
      return answers(form, `It says ${WORD.toUpperCase()}.`)(request, response);
    const act = tool === undefined ? answers(form, "Nothing to do.") : callsTool(form, ...tool);
    return act(request, response);
  };
}

function ended(
  agent: Agent,
  place: Place,
  modules: string,
): Promise<{ readonly out: string; readonly err: string }> {
  const { home, project } = place;
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, NO_COLOR: "1", ...agent.env(place) };
  const child = spawn(agent.program(modules), agent.given(place), {
    cwd: project,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  let [out, err] = ["", ""];
  child.stdout.on("data", (it) => (out += it));
  child.stderr.on("data", (it) => (err += it));
  return new Promise((done) => {
    child.on("error", (error) => done({ out, err: String(error) }));
    child.on("close", () => {
      clearTimeout(limit);
      done({ out, err });
    });
  });
}
