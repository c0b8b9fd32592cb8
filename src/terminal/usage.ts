/** How the sessions command is called. */
export const SESSIONS_USAGE = `wheelhouse sessions list [WORDS...]
wheelhouse sessions show ID
wheelhouse sessions export ID [--format markdown|json]
wheelhouse sessions delete ID
wheelhouse sessions clean [--all]    (frees earlier texts of changed files; --all: each that no open change needs)`;

/** How the permissions command is called. */
export const PERMISSIONS_USAGE = `wheelhouse permissions why "COMMAND LINE" [--shell bash|powershell] [--mode MODE] [--settings FILE|JSON] [--cwd DIR] [--json]
wheelhouse permissions why --tool NAME --input JSON [...]
wheelhouse permissions why --batch    (a JSON request a line on standard input: command or tool and input, shell, mode, cwd, settings)`;

/** How the rewind command is called. */
export const REWIND_USAGE = `wheelhouse rewind ID        (lists the messages of the session with their numbers)
wheelhouse rewind ID --to N [--files|--conversation] [--edited FILE]... [--dry-run] [--yes]
wheelhouse rewind ID --undo
wheelhouse rewind ID --to N --fork       (a copy of the session as it was before message N; prints its id)
wheelhouse rewind ID --compare N[..M]    (what files were before message N, and before M or now, as a patch)`;

/** How the refactor command is called. */
export const REFACTOR_USAGE = `wheelhouse refactor list FILE:SEL [--json]
wheelhouse refactor apply ID FILE:SEL [--name N] [--to FILE] [--set key=value]... [--write|--diff|--json]
wheelhouse refactor apply ID FILE|PATTERN... [...]          (each file as a whole: sort-imports "src/**/*.ts")
                            (SEL is LINE:COL or LINE:COL-LINE:COL from 1, end exclusive; IDs: rename, extract-function,
                            extract-variable, extract-constant, extract-type, extract-interface, extract-component,
                            inline-function, inline-variable, change-signature, introduce-parameter-object, move-symbol
                            (--to: the file it moves to, a new one if it is left out), move-file (--to: its new path),
                            encapsulate-field, convert-default-export-to-named, convert-named-export-to-default,
                            convert-require-to-import, convert-import-to-require, invert-if, convert-if-to-guard,
                            convert-if-to-ternary, convert-ternary-to-if, convert-function-to-arrow,
                            convert-arrow-to-function, convert-for-to-foreach, convert-foreach-to-for,
                            convert-promise-to-async, convert-async-to-promise, convert-loop-to-comprehension,
                            convert-comprehension-to-loop, convert-concatenation-to-template,
                            convert-template-to-concatenation, split-declaration, merge-declarations, remove-unused,
                            sort-imports, replace-magic-number, wrap-with-try, generate-constructor, generate-accessors,
                            generate-implementation, generate-equality;
                            keys of --set: replaceAll=true, allCalls=true, scope="enclosing", reorder=[1,0], remove=[2],
                            rename={"index":0,"name":"x"}, add={"name":"y","default":"0","index":1};
                            without --write nothing is written; exit code 3: refused, with the reason)`;

/** How the smells command is called. */
export const SMELLS_USAGE = `wheelhouse smells FILE|DIR... [--json|--markdown|--sarif] [--fail]
                            (what smells in files, or in all below folders; limits are settings;
                            --fail: exit code 1 when something was found)`;

/** How the map command is called. */
export const MAP_USAGE = `wheelhouse map [DIR] [--focus FILE] [--tokens N] [--json]    (the declarations on which most of a folder builds, within about so many tokens)`;

/** How the references command is called. */
export const REFERENCES_USAGE = `wheelhouse references NAME [FILE|DIR] | FILE:LINE:COL [--callers] [--json]    (where a name stands in code; by a place: that very thing, no namesakes, or who calls it)`;

/** How the symbols command is called. */
export const SYMBOLS_USAGE = `wheelhouse symbols FILE|DIR [--name NAME] [--json]    (the declarations in a file, or in all below a folder; or those with a name, or one like it)`;

/** How the mcp command is called. */
export const MCP_USAGE = `wheelhouse mcp [--read-only]             (serves Refactor, Symbols, References and RepoMap to another agent, over MCP on its standard streams)`;

/** How `wheelhouse serve` is used. */
export const SERVE_USAGE = `wheelhouse serve [--config FILE] [--host H] [--port N] [--workers N] [--capture]
        the model gateway: your models for any tool that speaks the Anthropic, OpenAI or Gemini API`;

/** How `wheelhouse models` is used. */
export const MODELS_USAGE = `wheelhouse models list [--json]        (all models with price and context, and how the keys are)
wheelhouse models test [--json]        (asks each vendor with each key)`;

/** How `wheelhouse route` is used. */
export const ROUTE_USAGE = `wheelhouse route explain --request FILE|- [--dialect anthropic|openai-chat|openai-responses|gemini] [--settings FILE|JSON] [--json]
        where a request would go, and why; nobody is asked`;

/** How `wheelhouse usage` is used. */
export const USAGE_USAGE = `wheelhouse usage [--since DATE|7d] [--by model|day|project|session] [--json|--csv]
        what models have cost, from the ledger`;

/** How `wheelhouse code` is used. */
export const CODE_USAGE = `wheelhouse code claude|codex|gemini|opencode [ARGUMENTS...]
        starts another tool with its models coming from here`;

/** How `wheelhouse capture` is used. */
export const CAPTURE_USAGE = `wheelhouse capture list [--json]
wheelhouse capture show ID [--json]
wheelhouse capture replay ID [--model PROVIDER/MODEL] [--settings FILE|JSON] [--json]
        (exchanges kept by serve --capture; replay asks the recording, or another model, and shows the difference)`;
