import type { Session } from "../agent/runner.ts";

/** How long the first byte of standard input is waited for when there is a prompt already, in milliseconds. */
const FIRST_BYTE_MS = 3_000;

/**
 * The prompt of a headless run: what was given as an argument, then what is piped in; "" when there is neither. With an
 * argument, an input that stays silent is left alone: whoever started us may have forgotten to close it.
 */
export async function promptText(
  given: string,
  stdin: NodeJS.ReadStream,
  complain: (text: string) => void,
): Promise<string> {
  if (stdin.isTTY) return given;
  if (given.trim() !== "" && !(await hasBegun(stdin))) {
    complain("Standard input stayed silent, so only the prompt given as an argument is used.");
    stdin.destroy();
    return given;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  const piped = Buffer.concat(chunks).toString("utf8");
  return [given, piped].filter((it) => it.trim() !== "").join("\n\n");
}

/** Whether bytes, or the end, came in time. */
function hasBegun(stdin: NodeJS.ReadStream): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => over(false), FIRST_BYTE_MS);
    const begun = () => over(true);
    for (const it of SIGNS) stdin.once(it, begun);
    function over(has: boolean): void {
      clearTimeout(late);
      for (const it of SIGNS) stdin.off(it, begun);
      resolve(has);
    }
  });
}

const SIGNS = ["readable", "end", "error"] as const;

/** Sends a prompt and waits for its turn to end. Why it was not taken as a sentence, else `undefined`. */
export async function sendPrompt(session: Session, text: string): Promise<string | undefined> {
  const sent = await session.send({ type: "ask", text, attachments: [] });
  if (sent.kind === "refused") return sent.reason;
  await session.rested();
  return undefined;
}

/** Sends one user message a line of `stdin`, each a turn of its own, until the end or the signal. What was wrong as a sentence. */
export async function sendStream(
  session: Session,
  stdin: NodeJS.ReadStream,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: stdin });
  const stop = () => lines.close();
  signal.addEventListener("abort", stop);
  for await (const line of lines) {
    if (signal.aborted) break;
    if (line.trim() === "") continue;
    const text = promptOf(line);
    if (text === undefined) return `this line of standard input is no user message: ${line.slice(0, 200)}`;
    const wrong = await sendPrompt(session, text);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function promptOf(line: string): string | undefined {
  try {
    const value = JSON.parse(line) as { type?: unknown; message?: { content?: unknown } };
    const content = value.type === "user" ? value.message?.content : undefined;
    if (typeof content === "string") return content;
    if (!Array.isArray(content)) return undefined;
    return content
      .flatMap((it: { type?: unknown; text?: unknown }) =>
        it.type === "text" && typeof it.text === "string" ? [it.text] : [],
      )
      .join("\n");
  } catch {
    // Not JSON: the caller says which line.
    return undefined;
  }
}
