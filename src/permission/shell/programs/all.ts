import type { Program } from "../program.ts";
import { fileReaders } from "./files.ts";
import { gitReaders } from "./git.ts";
import { searchers } from "./search.ts";
import { systemReaders, versionTellers } from "./system.ts";
import { scripted } from "./texts.ts";

const all: readonly Program[] = [
  ...versionTellers,
  ...fileReaders,
  ...scripted,
  ...searchers,
  ...systemReaders,
  ...gitReaders,
];

/** Every program of which it is known when it only reads, by name; of git by its sub-command, as "git log". */
export const programs: ReadonlyMap<string, Program> = new Map(
  all.flatMap((program) => program.names.map((name) => [name, program] as const)),
);
