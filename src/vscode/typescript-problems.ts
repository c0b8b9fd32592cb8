import { extname } from "node:path";
import * as vscode from "vscode";
import { untilAborted } from "../std/abort.ts";
import type { Problem } from "../world.ts";

const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** How long it may take: an edit waits for it, and the first answer comes when the whole project has been read. */
const PATIENCE_MS = 2_000;

/**
 * What VS Code's own TypeScript says about a file as it is now, unsaved text included. Asked directly, since its
 * published diagnostics do not tell when they are done, and a file without problems that stays so publishes nothing.
 * `undefined`: it knows no such files or cannot be asked. Rejects when it does not answer in time.
 */
export async function typescriptProblems(
  path: string,
  signal: AbortSignal,
): Promise<readonly Problem[] | undefined> {
  if (!ENDINGS.includes(extname(path))) return undefined;
  const late = AbortSignal.timeout(PATIENCE_MS);
  const answer = ask(path).catch(() => undefined);
  return untilAborted(answer, AbortSignal.any([signal, late])).catch((error: unknown) => {
    throw late.aborted && !signal.aborted
      ? new Error(`TypeScript is still reading the project of ${path}.`)
      : error;
  });
}

async function ask(path: string): Promise<readonly Problem[] | undefined> {
  // An opened document is what makes the language server know the text.
  const uri = vscode.Uri.file(path);
  await vscode.workspace.openTextDocument(uri);
  await vscode.extensions.getExtension("vscode.typescript-language-features")?.activate();
  const answers = await Promise.all(
    ["syntacticDiagnosticsSync", "semanticDiagnosticsSync"].map((it) =>
      vscode.commands.executeCommand<unknown>("typescript.tsserverRequest", it, { file: uri }),
    ),
  );
  const bodies = answers.map(bodyOf);
  return bodies.every((it) => it !== undefined)
    ? bodies.flat().flatMap((it) => problemOf(path, it) ?? [])
    : undefined;
}

function bodyOf(answer: unknown): readonly unknown[] | undefined {
  const isAnswer = typeof answer === "object" && answer !== null && "body" in answer;
  return isAnswer && Array.isArray(answer.body) ? answer.body : undefined;
}

/** A `Diagnostic` of TypeScript's server protocol (`protocol.ts`); lines and columns count from 1 there too. */
function problemOf(path: string, found: unknown): Problem | undefined {
  if (typeof found !== "object" || found === null) return undefined;
  const { start, text, category } = found as {
    readonly start?: { readonly line?: unknown; readonly offset?: unknown };
    readonly text?: unknown;
    readonly category?: unknown;
  };
  if (typeof start?.line !== "number" || typeof start.offset !== "number" || typeof text !== "string")
    return undefined;
  const severity = category === "error" || category === "warning" ? category : "information";
  return { path, line: start.line, column: start.offset, severity, message: text, source: "ts" };
}
