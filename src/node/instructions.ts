import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Where projects keep instructions for agents, in the order they are read. */
export const INSTRUCTION_FILES = [
  "AGENTS.md",
  "CLAUDE.md",
  ".github/copilot-instructions.md",
  ".clinerules",
] as const;

/** Longest part of one file that is taken, in UTF-16 units. */
const LIMIT = 20_000;

/** An instruction file that was found. */
export interface Instructions {
  readonly file: string;
  readonly text: string;
}

/** The project's instruction files; of several with the same text, the first. */
export async function readInstructions(folder: string): Promise<readonly Instructions[]> {
  const found: Instructions[] = [];
  for (const file of INSTRUCTION_FILES) {
    const text = await readFile(join(folder, file), "utf8").catch(() => "");
    const cut = text.length > LIMIT ? `${text.slice(0, LIMIT)}\n(cut here)` : text;
    if (cut.trim() !== "" && !found.some((it) => it.text === cut)) found.push({ file, text: cut });
  }
  return found;
}

/** Instruction files as the system prompt has them; "" when there are none. */
export function instructionText(found: readonly Instructions[]): string {
  return found.map(({ file, text }) => `## ${file}\n${text.trim()}`).join("\n\n");
}
