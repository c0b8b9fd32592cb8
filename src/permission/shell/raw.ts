import { visible } from "../../text/visible.ts";

/** Invisible or blank characters that the shell takes for letters, though a person sees none or a blank. */
const ODD_BLANK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0\u2800]/;

/** Where a fresh `sh` reads otherwise than bash, whose grammar the parser has. */
const ONLY_BASH = /&>|\|&|>&|<<<|\$'/;

/**
 * Why a line is not even parsed, as the end of a sentence; `undefined` when it is. `shell` is the program's name. These
 * are the places where the shell and the parser read differently, or a person and the shell.
 */
export function unreadable(command: string, shell: string): string | undefined {
  if (!/^(bash|sh|dash)$/.test(shell)) return `commands of ${shell} are not analysed`;
  if (/[\0\r]|[\u2028\u2029]/.test(command)) return "it holds a control character";
  if (visible(command) !== command || ODD_BLANK.test(command))
    return "it holds characters that cannot be seen";
  if (/\\\n/.test(command)) return "it goes on in the next line behind a backslash";
  if (/[\ue000-\ue003]/.test(command)) return "it holds characters without a meaning";
  if (/\(\(/.test(command)) return "it may calculate, and a calculation can run commands";
  const copies = command.replace(/(?<![&<>])[12]?>&[12](?![\w-])/g, "");
  if (shell !== "bash" && ONLY_BASH.test(copies)) return `${shell} reads it in its own way`;
  return undefined;
}
