import type { Row } from "../src/agent/session.ts";

/** What the person said `back` messages ago: 1 is the last, 0 is the empty box again. `undefined`: there is no more. */
export function recalled(
  rows: readonly Row[],
  back: number,
): { readonly back: number; readonly text: string } | undefined {
  if (back < 0) return undefined;
  if (back === 0) return { back, text: "" };
  const said = rows.flatMap((it) => (it.kind === "prompt" && it.text !== "" ? [it.text] : []));
  const text = said.at(-back);
  return text === undefined ? undefined : { back, text };
}
