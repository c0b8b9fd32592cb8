import type { SymbolEntry } from "../world.ts";

/** Declarations as lines for people and models: "  method paint 12-40", indented by depth; no line end at the end. */
export function outlineText(symbols: readonly SymbolEntry[]): string {
  return symbols
    .map(({ kind, name, line, endLine, depth }) => {
      const lines = line === endLine ? line : `${line}-${endLine}`;
      return `${"  ".repeat(depth + 1)}${kind} ${name} ${lines}`;
    })
    .join("\n");
}
