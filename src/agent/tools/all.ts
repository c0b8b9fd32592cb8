// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { Tool } from "../tool.ts";
import { askUserQuestion } from "./ask-user-question.ts";
import { bash } from "./bash.ts";
import { diagnostics } from "./diagnostics.ts";
import { edit } from "./edit.ts";
import { exitPlanMode } from "./exit-plan-mode.ts";
import { glob } from "./glob.ts";
import { grep } from "./grep.ts";
import { multiEdit } from "./multi-edit.ts";
import { read } from "./read.ts";
import { refactor } from "./refactor.ts";
import { references } from "./references.ts";
import { repoMap } from "./repo-map.ts";
import { symbols } from "./symbols.ts";
import { todoWrite } from "./todo-write.ts";
import { write } from "./write.ts";

/** Every tool, by file name: the order in which models see them. */
export const tools: readonly Tool[] = [
  askUserQuestion,
  bash,
  diagnostics,
  edit,
  exitPlanMode,
  glob,
  grep,
  multiEdit,
  read,
  refactor,
  references,
  repoMap,
  symbols,
  todoWrite,
  write,
];
