import type { JsonObject } from "../../model/conversation.ts";
import { absolute, shownPath } from "../../text/paths.ts";
import { type IndexPorts, mapOf } from "../indexed.ts";
import type { RunTool, ToolResult } from "../tool.ts";
import { numberIn, textIn } from "./parts/input.ts";

/** Tokens when nobody says. */
const TOKENS = 2_000;
const MOST_TOKENS = 20_000;

/** Shows the declarations that most of a repository builds on. */
export const repoMap: RunTool = {
  name: "RepoMap",
  description:
    "Map a folder you do not know: the declarations on which most of its other files build, file by file with lines, the most important first, within about so many tokens. Files in focus count most.",
  input: {
    type: "object",
    properties: {
      path: { type: "string", description: "Folder; default the working folder" },
      focus: { type: "array", items: { type: "string" }, description: "Files that it is about" },
      tokens: { type: "integer", minimum: 200, description: "Default 2000" },
    },
  },
  title: (input, folder) => shownPath(absolute(textIn(input, "path", "."), folder), folder),
  reach: (input, folder) => ({ kind: "read", paths: [absolute(textIn(input, "path", "."), folder)] }),
  run: mapFor,
};

/** What a call answers; its input is checked. */
export function mapFor(input: JsonObject, ports: IndexPorts, signal: AbortSignal): Promise<ToolResult> {
  const { folder } = ports;
  const given: readonly unknown[] = Array.isArray(input["focus"]) ? input["focus"] : [];
  const focus = given.flatMap((it) => (typeof it === "string" ? [absolute(it, folder)] : []));
  const tokens = Math.min(MOST_TOKENS, numberIn(input, "tokens") ?? TOKENS);
  return mapOf(absolute(textIn(input, "path", "."), folder), { focus, tokens }, ports, signal);
}
