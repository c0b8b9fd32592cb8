import { cutMiddle } from "../../../text/cut.ts";

/** Longest output shown of one cell, in UTF-16 units. */
const MAX_OUTPUT = 2_000;

/**
 * A Jupyter notebook as its cells with their outputs abridged; `undefined` when it is none. The format is nbformat 4
 * (https://nbformat.readthedocs.io/en/latest/format_description.html).
 */
export function notebookText(source: string): string | undefined {
  const { cells } = record(parsed(source));
  if (!Array.isArray(cells)) return undefined;
  return cells.map((cell: unknown, index) => cellText(record(cell), index + 1)).join("\n\n");
}

function cellText(cell: Fields, number: number): string {
  const id = typeof cell.id === "string" ? ` id="${cell.id}"` : "";
  const outputs = Array.isArray(cell.outputs)
    ? cell.outputs.map((it: unknown) => outputText(record(it)))
    : [];
  const shown = outputs
    .filter((it) => it !== "")
    .map((it) => `<output>\n${cutMiddle(it, MAX_OUTPUT)}\n</output>`);
  return [`<cell ${number} ${joined(cell.cell_type)}${id}>`, joined(cell.source), ...shown, "</cell>"].join(
    "\n",
  );
}

function outputText(output: Fields): string {
  switch (output.output_type) {
    case "stream":
      return joined(output.text);
    case "error":
      return `${joined(output.ename)}: ${joined(output.evalue)}`;
    default: {
      const data = record(output.data);
      const text = joined(data["text/plain"]);
      const other = Object.keys(data).filter((it) => it !== "text/plain");
      return [text, ...other.map((it) => `[${it}]`)].filter((it) => it !== "").join("\n");
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Texts stand in notebooks whole or as lists of lines. */
function joined(value: unknown): string {
  return Array.isArray(value) ? value.join("") : typeof value === "string" ? value : "";
}

function record(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
