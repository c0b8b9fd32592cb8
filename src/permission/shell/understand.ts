import type { ShellNode } from "../../world.ts";
import type { Part } from "./line.ts";
import { redirectOf } from "./redirects.ts";
import { assignmentsAlone, simpleCommand, testCommand, wordIn } from "./simple-command.ts";
import { either, type Folders, isSame, isWhole, named, refuse, type Spot, type Walk } from "./walk.ts";

/** Where a command line begins. */
export interface Start {
  /** Folders that may be current; `undefined`: not known. */
  readonly folders: readonly string[] | undefined;
  readonly home: string;
}

/** The simple commands of a line in the order in which they stand, or why it is not understood, as the end of a sentence. */
export type Understood =
  | { readonly kind: "parts"; readonly parts: readonly Part[]; readonly folders: Start["folders"] }
  | { readonly kind: "obscure"; readonly why: string };

/** Most values of a loop that are run through. */
const MAX_VALUES = 20;
/**
 * Takes a parsed line apart. Only what is listed here is accepted, each node with nothing but blanks between its
 * children, since a tree may leave out what bash would run; all else makes the whole line obscure.
 */
export function understood(root: ShellNode, text: string, { folders, home }: Start): Understood {
  const walk: Walk = {
    text,
    home,
    parts: [],
    variables: new Map(),
    trouble: undefined,
    run: (node, spot) => run(walk, node, spot),
  };
  const unread = text.slice(0, root.from) + text.slice(root.to);
  if (unread.trim() !== "") refuse(walk, "a part of it is not read by the parser");
  const end = run(walk, root, { at: folders, outer: [], isFed: false });
  const { trouble, parts } = walk;
  return trouble === undefined ? { kind: "parts", parts, folders: end } : { kind: "obscure", why: trouble };
}

const SEPARATORS = new Set([";", "&", "\n", "(", ")", "{", "}", "do", "done", "else"]);
const BRANCH_WORDS = new Set(["if", "then", "elif", "fi", "while", "until", ";", "\n"]);

/** Walks a node; answers the folders afterwards. */
function run(walk: Walk, node: ShellNode, spot: Spot): Folders {
  if (walk.trouble !== undefined) return undefined;
  if (!isWhole(walk, node)) return refuse(walk, "its parts are not clear");
  switch (node.type) {
    case "program":
    case "do_group":
    case "else_clause":
      return sequence(walk, node, spot);
    case "compound_statement":
      // `(( … ))` shares this type with `{ … }`.
      return walk.text[node.from] === "{" ? sequence(walk, node, spot) : refuse(walk, "it calculates");
    case "list":
      return list(walk, node, spot);
    case "pipeline":
      return pipeline(walk, node, spot);
    case "subshell":
      sequence(walk, node, spot);
      return spot.at;
    case "negated_command":
      return named(node).reduce<Folders>((at, it) => run(walk, it, { ...spot, at }), spot.at);
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      return branches(walk, node, spot);
    case "for_statement":
      return loop(walk, node, spot);
    case "redirected_statement":
      return redirected(walk, node, spot);
    case "command":
      return simpleCommand(walk, node, spot);
    case "test_command":
      return testCommand(walk, node, spot);
    case "variable_assignment":
    case "variable_assignments":
      return assignmentsAlone(walk, node, spot);
    case "comment":
      return isComment(walk, node) ? spot.at : refuse(walk, "its comment is not clear");
    default:
      return refuse(walk, `it holds what bash calls ${node.type.replaceAll("_", " ")}`);
  }
}

/** To the shell a comment begins where a word would, and ends with its line. */
function isComment(walk: Walk, { from, to }: ShellNode): boolean {
  const isStart = from === 0 || /[\s;&|()]/.test(walk.text[from - 1] ?? "");
  return (
    isStart &&
    walk.text[from] === "#" &&
    (to === walk.text.length || walk.text[to] === "\n") &&
    !walk.text.slice(from, to).includes("\n")
  );
}

function sequence(walk: Walk, node: ShellNode, spot: Spot): Folders {
  if (spot.outer.length > 0) return refuse(walk, "a redirect stands behind a group of commands");
  if (node.children.some((it) => !it.isNamed && !SEPARATORS.has(it.type)))
    return refuse(walk, "its separators are not clear");
  let { at } = spot;
  for (const it of named(node)) {
    // What went before may have failed, and then the folder is what it was.
    at = either(at, run(walk, it, { ...spot, at }), spot.at);
  }
  return at;
}

/** A list leans to the left; in `a && b && c` each goes on where the one before it has ended. */
function list(walk: Walk, node: ShellNode, spot: Spot): Folders {
  const [left, sign, right, ...more] = node.children;
  if (!left || !right || more.length > 0 || !isWhole(walk, node))
    return refuse(walk, "its list is not clear");
  if (sign?.type === "&&") {
    const all = [spot.at];
    for (const it of linksOf(walk, left)) all.push(run(walk, it, { ...spot, at: all.at(-1), outer: [] }));
    return either(run(walk, right, { ...spot, at: all.at(-1) }), ...all);
  }
  if (sign?.type !== "||") return refuse(walk, "its list is not clear");
  const middle = run(walk, left, { ...spot, outer: [] });
  return either(run(walk, right, { ...spot, at: either(spot.at, middle) }), middle);
}

function linksOf(walk: Walk, node: ShellNode): readonly ShellNode[] {
  const [left, sign, right, ...more] = node.children;
  const isChain = node.type === "list" && sign?.type === "&&" && more.length === 0 && isWhole(walk, node);
  return isChain && left && right ? [...linksOf(walk, left), right] : [node];
}

function pipeline(walk: Walk, node: ShellNode, spot: Spot): Folders {
  if (node.children.some((it) => !it.isNamed && it.type !== "|" && it.type !== "|&"))
    return refuse(walk, "its pipeline is not clear");
  const stages = named(node);
  stages.forEach((it, index) => {
    const outer = index === stages.length - 1 ? spot.outer : [];
    run(walk, it, { ...spot, outer, isFed: spot.isFed || index > 0 });
  });
  return spot.at;
}

/** Conditions and bodies, any of which may run or not, and loops more than once. */
function branches(walk: Walk, node: ShellNode, spot: Spot): Folders {
  if (spot.outer.length > 0) return refuse(walk, "a redirect stands behind a group of commands");
  if (node.children.some((it) => !it.isNamed && !BRANCH_WORDS.has(it.type)))
    return refuse(walk, "its branches are not clear");
  let { at } = spot;
  for (const it of named(node)) at = either(at, run(walk, it, { ...spot, at }), spot.at);
  const isLoop = node.type === "while_statement";
  return isLoop && !isSame(at, spot.at) ? refuse(walk, "a loop in it changes the folder") : at;
}

function loop(walk: Walk, node: ShellNode, spot: Spot): Folders {
  const [word, name, inside, ...rest] = node.children;
  const body = rest.at(-1);
  if (word?.type !== "for" || name?.type !== "variable_name" || inside?.type !== "in" || !body)
    return refuse(walk, "its loop is not clear");
  if (spot.outer.length > 0 || body.type !== "do_group") return refuse(walk, "its loop is not clear");
  const between = rest.slice(0, -1).filter((it) => it.type !== ";");
  const values = between.map((it) => (it.isNamed ? wordIn(walk, it, spot.at) : "its loop is not clear"));
  const known = values.flatMap((it) => (typeof it !== "string" && it.kind === "literal" ? [it.text] : []));
  if (known.length !== values.length || known.length > MAX_VALUES)
    return refuse(walk, "the values of its loop are not plain text");
  const variable = walk.text.slice(name.from, name.to);
  if (!/^[a-z]\w*$/.test(variable) || walk.variables.has(variable))
    return refuse(walk, "the variable of its loop may mean more");
  for (const value of known) {
    walk.variables.set(variable, value);
    if (!isSame(run(walk, body, spot), spot.at)) refuse(walk, "a loop in it changes the folder");
  }
  walk.variables.delete(variable);
  return spot.at;
}

function redirected(walk: Walk, node: ShellNode, spot: Spot): Folders {
  const [body, ...redirects] = node.children;
  if (!body || body.type.endsWith("redirect")) return refuse(walk, "a redirect stands without a command");
  const read = redirects.map((it) => redirectOf(it, walk.text, (node_) => wordIn(walk, node_, spot.at)));
  const wrong = read.find((it) => typeof it === "string");
  if (wrong !== undefined) return refuse(walk, wrong);
  const good = read.filter((it) => typeof it !== "string");
  const files = good.flatMap((it) => it.file ?? []);
  const isFed = spot.isFed || good.some((it) => it.feeds);
  return run(walk, body, { ...spot, outer: [...spot.outer, ...files], isFed });
}
