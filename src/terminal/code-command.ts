import { spawn } from "node:child_process";
import { findProgram } from "../node/find-program.ts";
import { privateSetting, startGateway } from "../node/gateway-host.ts";
import { homeOf } from "../node/home-of.ts";
import { openMetrics } from "../node/metrics.ts";
import { messageOf } from "../std/error-message.ts";
import { visible } from "../text/visible.ts";
import { CODE_TOOLS, type CodeTool, environmentFor } from "./code-tools.ts";
import { type Console, EXIT } from "./console.ts";
import { terminalRouter } from "./host.ts";
import { NO_OVERRIDES } from "./overrides.ts";
import { readPerson } from "./person.ts";
import { CODE_USAGE } from "./usage.ts";

const MOST_BODY = 64 * 1024 * 1024;

/**
 * `wheelhouse code TOOL`: another tool, with a gateway of its own for as long as it runs. Everything behind the tool's
 * name is the tool's. Resolves with the tool's exit code.
 */
export async function codeCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, env, cwd } = console;
  const [name = "", ...given] = argv;
  const tool = Object.hasOwn(CODE_TOOLS, name) ? CODE_TOOLS[name] : undefined;
  if (tool === undefined) {
    const isHelp = name === "--help" || name === "-h";
    (isHelp ? stdout : stderr).write(`${CODE_USAGE}\n`);
    return isHelp ? EXIT.success : EXIT.usage;
  }
  const program = findProgram([tool.program], env["PATH"] ?? "", []);
  if (program === undefined) {
    stderr.write(`wheelhouse: "${tool.program}" is not installed, or not in PATH.\n`);
    return EXIT.failed;
  }
  const { settings, problems } = await readPerson(homeOf(env), cwd, NO_OVERRIDES, []);
  const tell = (sentence: string) => void stderr.write(`${visible(sentence)}\n`);
  for (const it of problems) tell(it);
  const router = terminalRouter(settings, env, {});
  const { setting, key } = privateSetting(MOST_BODY);
  try {
    const gateway = await startGateway(setting, { router, metrics: openMetrics(), env, folder: cwd, tell });
    const code = await run(program, tool, gateway.address, key, given, console);
    await gateway.stop();
    return code;
  } catch (error) {
    stderr.write(`wheelhouse: ${messageOf(error)}\n`);
    return EXIT.failed;
  } finally {
    await router.close();
  }
}

function run(
  program: string,
  tool: CodeTool,
  address: string,
  key: string,
  given: readonly string[],
  { env, cwd, onInterrupt }: Console,
): Promise<number> {
  const child = spawn(program, [...tool.arguments(address), ...given], {
    cwd,
    env: environmentFor(env, tool.env(address, key)),
    stdio: "inherit",
  });
  // Ctrl+C is the tool's: it has the terminal.
  const stopListening = onInterrupt(() => undefined);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      resolve(code ?? (signal === "SIGINT" ? EXIT.interrupted : EXIT.failed)),
    );
  }).finally(stopListening) as Promise<number>;
}
