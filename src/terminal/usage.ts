/** How the sessions command is called. */
export const SESSIONS_USAGE = `wheelhouse sessions list [WORDS...]
wheelhouse sessions show ID
wheelhouse sessions export ID [--format markdown|json]
wheelhouse sessions delete ID`;

/** How the permissions command is called. */
export const PERMISSIONS_USAGE = `wheelhouse permissions why "COMMAND LINE" [--shell bash|powershell] [--mode MODE] [--settings FILE|JSON] [--cwd DIR] [--json]
wheelhouse permissions why --tool NAME --input JSON [...]
wheelhouse permissions why --batch    (a JSON request a line on standard input: command or tool and input, shell, mode, cwd, settings)`;
