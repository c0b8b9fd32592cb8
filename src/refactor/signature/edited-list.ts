import { inField } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { AddedParameter, Options, RenamedParameter, Source } from "../refactoring.ts";
import type { Parameter, Signature } from "./rules.ts";

/** The parameters as a person edits them: "a, b", a pattern as it stands, the rest with its sign. */
export function editableList({ parameters }: Signature, source: Source): string {
  return parameters.map((it) => labelOf(it, source)).join(", ");
}

/**
 * What a person made of that list, as options: what is not there any more goes, `a as b` is a new name, and `c = 0` or
 * `c: number = 0` a new parameter with the value that calls are given; or a sentence about what is none of these.
 */
export function optionsOf(text: string, { parameters }: Signature, source: Source): Options | Refusal {
  const labels = parameters.map((it) => labelOf(it, source));
  const reorder: number[] = [];
  const rename: RenamedParameter[] = [];
  const added: { readonly parameter: AddedParameter; readonly at: number }[] = [];
  for (const entry of entriesIn(text)) {
    const [, old, name] = /^(\S+)\s+as\s+(\S+)$/.exec(entry) ?? [];
    const index = labels.indexOf(old ?? entry);
    if (index !== -1) {
      if (reorder.includes(index)) return unclear(`"${labels[index]}" stands there twice.`);
      reorder.push(index);
      if (name !== undefined) rename.push({ index, name });
      continue;
    }
    const parameter = addedIn(entry);
    if (!parameter)
      return unclear(
        `"${entry}" is none of ${labels.join(", ")}; a new one needs a value for its calls: x = 0.`,
      );
    added.push({ parameter, at: reorder.length });
  }
  const remove = labels.map((_, index) => index).filter((it) => !reorder.includes(it));
  const add = added.map(({ parameter, at }) => {
    const index = reorder[at];
    return index === undefined ? parameter : { ...parameter, index };
  });
  return { reorder, remove, add, rename };
}

function unclear(sentence: string): Refusal {
  return refused("change-signature.option", sentence);
}

/** Without default and type. */
function labelOf({ node, name, kind }: Parameter, source: Source): string {
  const sign = /^(\.\.\.|\*\*?)/.exec(textOf(node, source))?.[0] ?? "";
  if (name) return (kind === "rest" || kind === "names" ? sign : "") + textOf(name, source);
  return textOf(inField(node, "pattern") ?? inField(node, "left") ?? node, source);
}

/** `c = 0`, `c: number = 0` */
function addedIn(entry: string): AddedParameter | undefined {
  const [, name, type, value] =
    /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::([^=]+?))?\s*=(?!=)\s*(\S[\s\S]*)$/u.exec(entry) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return { name, default: value.trim(), ...(type !== undefined && { type: type.trim() }) };
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** What stands between the commas that stand in no brackets and no quotes. */
function entriesIn(text: string): readonly string[] {
  const entries: string[] = [];
  const open: string[] = [];
  let begun = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    const quote = /^["'`]$/.test(open.at(-1) ?? "");
    if (sign === "\\") at++;
    else if (sign === open.at(-1)) open.pop();
    else if (!quote && /["'`]/.test(sign)) open.push(sign);
    else if (!quote && CLOSING[sign] !== undefined) open.push(CLOSING[sign]);
    else if (sign === "," && open.length === 0) {
      entries.push(text.slice(begun, at));
      begun = at + 1;
    }
  }
  return [...entries, text.slice(begun)].map((it) => it.trim()).filter((it) => it !== "");
}
