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
