import { absolute } from "../../text/paths.ts";
import type { ShellNode } from "../../world.ts";
import type { Assignment, Word } from "./line.ts";
import { redirectOf } from "./redirects.ts";
import { either, type Folders, isWhole, named, refuse, type Spot, type Walk } from "./walk.ts";
import { wordOf } from "./words.ts";

/** Most commands of one line, loops run through. */
const MAX_PARTS = 200;
/** What runs a builtin in this very shell. */
const IN_SHELL = /^(command|builtin|time|eval|pushd|popd)$/;
const RESERVED = new Set(
  "if then else elif fi do done case esac while until for in function select { } [[ ]] ! coproc".split(" "),
);

/** Adds a command with its words, assignments and redirects. */
export function simpleCommand(walk: Walk, node: ShellNode, spot: Spot): Folders {
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  let { outer, isFed } = spot;
  for (const child of node.children) {
    if (child.type === "variable_assignment" && words.length === 0) {
      const made = assignment(walk, child, spot.at);
      if (made) assignments.push(made);
      continue;
    }
    if (child.type === "herestring_redirect" || child.type === "file_redirect") {
      const read = redirectOf(child, walk.text, (it) => wordIn(walk, it, spot.at));
      if (typeof read === "string") return refuse(walk, read);
      if (read.file) outer = [...outer, read.file];
      isFed ||= read.feeds;
      continue;
    }
    const inner = child.type === "command_name" ? child.children[0] : child;
    const word = inner ? wordIn(walk, inner, spot.at) : "its program is not named";
    if (typeof word === "string") return refuse(walk, word);
    words.push(word);
  }
  return add(walk, node, words, assignments, { ...spot, outer, isFed });
}

function add(
  walk: Walk,
  { from, to }: ShellNode,
  words: readonly Word[],
  assignments: readonly Assignment[],
  { at, outer: redirects, isFed }: Spot,
): Folders {
  const [program] = words;
  if (program && (program.kind !== "literal" || !/^\S+$/.test(program.text)))
    return refuse(walk, "the program it runs is not plain text");
  if (program && (RESERVED.has(program.text) || /^[A-Za-z_]\w*(\[.*)?\+?=/.test(program.text)))
    return refuse(walk, `"${program.text}" stands where a program should`);
  if (walk.parts.length >= MAX_PARTS) return refuse(walk, `it has more than ${MAX_PARTS} commands`);
  const shown = walk.text.slice(from, to);
  const place = { command: shown, from, to, caution: undefined };
  walk.parts.push({ ...place, words, assignments, redirects, folders: at, isFed });
  if (program?.text === "cd") return changed(walk, words, at);
  // A builtin in front of it leaves it in this shell, where it counts.
  return words.some((it) => /^(cd|pushd|popd)$/.test(it.text)) && IN_SHELL.test(program?.text ?? "")
    ? undefined
    : at;
}

/** The folders after `cd`, which goes by the path's text (Bash Reference Manual, 4.1). */
function changed(walk: Walk, words: readonly Word[], at: Folders): Folders {
  const rest = words.slice(1).filter((it) => !/^(--|-L)$/.test(it.text));
  const target = rest.length === 0 ? walk.home : rest[0]?.text;
  const isPlain = rest.length <= 1 && rest.every((it) => it.kind === "literal" && !it.text.startsWith("-"));
  if (!isPlain || target === undefined || target === "" || !at) return undefined;
  return at.map((it) => absolute(target, it));
}

/** `[ … ]` as the command it is; `[[ … ]]` has a grammar of its own. */
export function testCommand(walk: Walk, node: ShellNode, spot: Spot): Folders {
  const signs = leaves(walk, node);
  if (signs[0]?.type !== "[" || signs.at(-1)?.type !== "]")
    return refuse(walk, "it holds a condition in [[ ]]");
  const words = signs.map((it) =>
    it.isNamed && it.type !== "test_operator"
      ? wordIn(walk, it, spot.at)
      : ({ text: walk.text.slice(it.from, it.to), kind: "literal" } as const),
  );
  const wrong = words.find((it) => typeof it === "string");
  if (wrong !== undefined) return refuse(walk, wrong);
  const good = words.filter((it) => typeof it !== "string");
  return add(walk, node, good, [], spot);
}

function leaves(walk: Walk, node: ShellNode): readonly ShellNode[] {
  if (!["test_command", "unary_expression", "binary_expression"].includes(node.type)) return [node];
  return isWhole(walk, node) ? node.children.flatMap((it) => leaves(walk, it)) : [node];
}

/** Adds assignments that stand without a command. */
export function assignmentsAlone(walk: Walk, node: ShellNode, spot: Spot): Folders {
  const all = node.type === "variable_assignments" ? named(node) : [node];
  const made = all.flatMap((it) => assignment(walk, it, spot.at) ?? []);
  return add(walk, node, [], made, spot);
}

function assignment(walk: Walk, node: ShellNode, at: Folders): Assignment | undefined {
  const [name, sign, value, ...more] = node.children;
  const isPlain = name?.type === "variable_name" && sign?.type === "=" && more.length === 0;
  if (!isPlain || (value && value.from !== sign.to)) {
    refuse(walk, "it assigns in a way that is not clear");
    return undefined;
  }
  const word = value ? wordIn(walk, value, at) : undefined;
  if (typeof word === "string") {
    refuse(walk, word);
    return undefined;
  }
  const isKnown = word === undefined || word.kind === "literal";
  return { name: walk.text.slice(name.from, name.to), value: isKnown ? (word?.text ?? "") : undefined };
}

/** The word a node stands for there, or why that is not clear; what it substitutes is walked. */
export function wordIn(walk: Walk, node: ShellNode, at: Folders): Word | string {
  return wordOf(node, walk.text, {
    home: walk.home,
    valueOf: (name) => {
      if (name === "HOME") return walk.home;
      return name === "PWD" && at?.length === 1 ? at[0] : walk.variables.get(name);
    },
    enter: (inner) => {
      const isPlain = inner.children.every((it) => it.isNamed || /^(\$\(|`|\)|;|\n)$/.test(it.type));
      if (!isPlain || !isWhole(walk, inner)) refuse(walk, "its substitution is not clear");
      // A substitution in old backquotes is un-escaped before it is read.
      if (walk.text[inner.from] === "`" && walk.text.slice(inner.from, inner.to).includes("\\"))
        refuse(walk, "its substitution in backquotes is not clear");
      let now = at;
      for (const it of named(inner)) now = either(now, walk.run(it, { at: now, outer: [], isFed: false }));
      return walk.trouble === undefined;
    },
  });
}
