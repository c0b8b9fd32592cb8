import { FLAGS } from "./arguments.ts";
import {
  CAPTURE_USAGE,
  CODE_USAGE,
  MAP_USAGE,
  MCP_USAGE,
  MODELS_USAGE,
  PERMISSIONS_USAGE,
  REFACTOR_USAGE,
  REFERENCES_USAGE,
  REWIND_USAGE,
  ROUTE_USAGE,
  SERVE_USAGE,
  SESSIONS_USAGE,
  SMELLS_USAGE,
  SYMBOLS_USAGE,
  USAGE_USAGE,
} from "./usage.ts";

/** What `wheelhouse --help` prints. */
export function helpText(): string {
  const flags = Object.entries(FLAGS).map(([name, { values, shows, help }]) => {
    const value = values ? ` ${values.join("|")}` : shows ? ` ${shows}` : "";
    return `  --${name}${value}\n        ${help}`;
  });
  return `wheelhouse                  interactive session in this folder
wheelhouse -p "PROMPT"      run once, print the answer and leave
${SESSIONS_USAGE}
${REWIND_USAGE}
${REFACTOR_USAGE}
${SYMBOLS_USAGE}
${MAP_USAGE}
${REFERENCES_USAGE}
${SMELLS_USAGE}
${PERMISSIONS_USAGE}
${MCP_USAGE}
${SERVE_USAGE}
${CODE_USAGE}
${MODELS_USAGE}
${ROUTE_USAGE}
${USAGE_USAGE}
${CAPTURE_USAGE}
wheelhouse doctor           look whether everything is in place
wheelhouse completion bash|zsh|fish

${flags.join("\n")}

Exit codes: 0 success, 1 failed, 2 wrong usage, 3 refused (refactor), 130 interrupted.
Environment: ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN, ANTHROPIC_BASE_URL, ANTHROPIC_MODEL, OPENAI_API_KEY, GEMINI_API_KEY, WHEELHOUSE_HOME, NO_COLOR.
`;
}
