import { resolve } from "node:path";
import { callersOf, callersText } from "../agent/callers.ts";
import { placesOfName, placesOfThing, type References, referencesText } from "../agent/referenced.ts";
import { visible } from "../text/visible.ts";
import { type Console, EXIT } from "./console.ts";
import { withSourceTools } from "./source-tools.ts";
import { REFERENCES_USAGE } from "./usage.ts";

/** `wheelhouse references …`: where a name stands in code. Resolves with the exit code. */
export async function referencesCommand(argv: readonly string[], console: Console): Promise<number> {
  const { stdout, stderr, cwd } = console;
  if (argv.some((it) => it === "--help" || it === "-h")) {
    stdout.write(`${REFERENCES_USAGE}\n`);
    return EXIT.success;
  }
  const json = argv.includes("--json");
  const isCallers = argv.includes("--callers");
  const [given, below = ".", ...more] = argv.filter((it) => it !== "--json" && it !== "--callers");
  if (given === undefined || more.length > 0 || given.startsWith("--")) {
    stderr.write(`${REFERENCES_USAGE}\n`);
    return EXIT.usage;
  }
  return withSourceTools(console, async (tools, signal) => {
    const ports = { ...tools, folder: cwd, mayRead: async () => true };
    const [, path, selection] = /^([\s\S]+?):(\d+:\d+)$/.exec(given) ?? [];
    if (isCallers) {
      if (path === undefined || selection === undefined) throw new Error("--callers needs FILE:LINE:COL.");
      const callers = await callersOf(resolve(cwd, path), selection, ports, signal);
      if (typeof callers === "string") throw new Error(callers);
      const text = callersText(callers, cwd, Number.POSITIVE_INFINITY);
      stdout.write(json ? `${JSON.stringify(callers)}\n` : visible(`${text}\n`));
      return EXIT.success;
    }
    const found =
      path === undefined || selection === undefined
        ? await placesOfName(given, resolve(cwd, below), ports, signal)
        : await placesOfThing(resolve(cwd, path), selection, ports, signal);
    if (typeof found === "string") throw new Error(found);
    stdout.write(json ? `${JSON.stringify(found)}\n` : readable(found, cwd));
    return EXIT.success;
  });
}

function readable(found: References, cwd: string): string {
  return visible(`${referencesText(found, cwd, Number.POSITIVE_INFINITY)}\n`);
}
