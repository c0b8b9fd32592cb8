/** Exit codes of the command. */
export const EXIT = { success: 0, failed: 1, usage: 2, refused: 3, interrupted: 130 } as const;

/** What a command of the terminal may use of the process it runs in. */
export interface Console {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Called when the run shall end: at Ctrl+C, SIGTERM and SIGHUP, and when nobody reads the output any more; answers how to stop listening. */
  readonly onInterrupt: (heard: () => void) => () => void;
}
