/** How the sessions command is called. */
export const SESSIONS_USAGE = `wheelhouse sessions list [WORDS...]
wheelhouse sessions show ID
wheelhouse sessions export ID [--format markdown|json]
wheelhouse sessions delete ID`;
