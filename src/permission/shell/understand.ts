import type { ShellNode } from "../../world.ts";
import type { Part, Redirect } from "./line.ts";
import { redirectOf } from "./redirects.ts";
import { assignmentsAlone, simpleCommand, testCommand, wordIn } from "./simple-command.ts";
import { either, type Folders, isSame, isWhole, named, refuse, type Walk } from "./walk.ts";

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
    run: (node, at, outer, isFed) => run(walk, node, at, outer, isFed),
  };
  const outside = text.slice(0, root.from) + text.slice(root.to);
  if (outside.trim() !== "") refuse(walk, "a part of it is not read by the parser");
  const end = run(walk, root, folders, [], false);
  const { trouble, parts } = walk;
  return trouble === undefined ? { kind: "parts", parts, folders: end } : { kind: "obscure", why: trouble };
}

const SEPARATORS = new Set([";", "&", "\n", "(", ")", "{", "}", "do", "done", "else"]);
const BRANCH_WORDS = new Set(["if", "then", "elif", "fi", "while", "until", ";", "\n"]);

/** Walks a node from `at`; `outer` are redirects that stand behind its last command; answers the folders afterwards. */
function run(walk: Walk, node: ShellNode, at: Folders, outer: readonly Redirect[], isFed: boolean): Folders {
  if (walk.trouble !== undefined) return undefined;
  if (!isWhole(walk, node)) return refuse(walk, "its parts are not clear");
  switch (node.type) {
    case "program":
    case "do_group":
    case "else_clause":
      return sequence(walk, node, at, outer, isFed);
    case "compound_statement":
      // `(( … ))` shares this type with `{ … }`.
      return walk.text[node.from] === "{"
        ? sequence(walk, node, at, outer, isFed)
        : refuse(walk, "it calculates");
    case "list":
      return list(walk, node, at, outer, isFed);
    case "pipeline":
      return pipeline(walk, node, at, outer, isFed);
    case "subshell":
      sequence(walk, node, at, outer, isFed);
      return at;
    case "negated_command":
      return named(node).reduce<Folders>((now, it) => run(walk, it, now, outer, isFed), at);
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      return branches(walk, node, at, outer, isFed);
    case "for_statement":
      return loop(walk, node, at, outer, isFed);
    case "redirected_statement":
      return redirected(walk, node, at, outer, isFed);
    case "command":
      return simpleCommand(walk, node, at, outer, isFed);
    case "test_command":
      return testCommand(walk, node, at, outer, isFed);
    case "variable_assignment":
    case "variable_assignments":
      return assignmentsAlone(walk, node, at, outer, isFed);
    case "comment":
      return isComment(walk, node) ? at : refuse(walk, "its comment is not clear");
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

function sequence(
  walk: Walk,
  node: ShellNode,
  at: Folders,
  outer: readonly Redirect[],
  isFed: boolean,
): Folders {
  if (outer.length > 0) return refuse(walk, "a redirect stands behind a group of commands");
  if (node.children.some((it) => !it.isNamed && !SEPARATORS.has(it.type)))
    return refuse(walk, "its separators are not clear");
  const from = at;
  let now = at;
  for (const it of named(node)) {
    // What went before may have failed, and then the folder is what it was.
    now = either(now, run(walk, it, now, [], isFed), from);
  }
  return now;
}

/** A list leans to the left; in `a && b && c` each goes on where the one before it has ended. */
function list(walk: Walk, node: ShellNode, at: Folders, outer: readonly Redirect[], isFed: boolean): Folders {
  const [left, sign, right, ...more] = node.children;
  if (!left || !right || more.length > 0 || !isWhole(walk, node))
    return refuse(walk, "its list is not clear");
  if (sign?.type === "&&") {
    const links = linksOf(walk, left);
    let now = at;
    const all = [at];
    for (const it of links) all.push((now = run(walk, it, now, [], isFed)));
    return either(run(walk, right, now, outer, isFed), ...all);
  }
  if (sign?.type !== "||") return refuse(walk, "its list is not clear");
  const middle = run(walk, left, at, [], isFed);
  return either(run(walk, right, either(at, middle), outer, isFed), middle);
}

function linksOf(walk: Walk, node: ShellNode): readonly ShellNode[] {
  const [left, sign, right, ...more] = node.children;
  const isChain = node.type === "list" && sign?.type === "&&" && more.length === 0 && isWhole(walk, node);
  return isChain && left && right ? [...linksOf(walk, left), right] : [node];
}

function pipeline(
  walk: Walk,
  node: ShellNode,
  at: Folders,
  outer: readonly Redirect[],
  isFed: boolean,
): Folders {
  if (node.children.some((it) => !it.isNamed && it.type !== "|" && it.type !== "|&"))
    return refuse(walk, "its pipeline is not clear");
  const stages = named(node);
  stages.forEach((it, index) => {
    run(walk, it, at, index === stages.length - 1 ? outer : [], isFed || index > 0);
  });
  return at;
}

/** Conditions and bodies, any of which may run or not, and loops more than once. */
function branches(
  walk: Walk,
  node: ShellNode,
  at: Folders,
  outer: readonly Redirect[],
  isFed: boolean,
): Folders {
  if (outer.length > 0) return refuse(walk, "a redirect stands behind a group of commands");
  if (node.children.some((it) => !it.isNamed && !BRANCH_WORDS.has(it.type)))
    return refuse(walk, "its branches are not clear");
  let now = at;
  for (const it of named(node)) now = either(now, run(walk, it, now, [], isFed), at);
  const isLoop = node.type === "while_statement";
  return isLoop && !isSame(now, at) ? refuse(walk, "a loop in it changes the folder") : now;
}

function loop(walk: Walk, node: ShellNode, at: Folders, outer: readonly Redirect[], isFed: boolean): Folders {
  const [word, name, inside, ...rest] = node.children;
  const body = rest.at(-1);
  if (word?.type !== "for" || name?.type !== "variable_name" || inside?.type !== "in" || !body)
    return refuse(walk, "its loop is not clear");
  if (outer.length > 0 || body.type !== "do_group") return refuse(walk, "its loop is not clear");
  const between = rest.slice(0, -1).filter((it) => it.type !== ";");
  const values = between.map((it) => (it.isNamed ? wordIn(walk, it, at) : "its loop is not clear"));
  const known = values.flatMap((it) => (typeof it !== "string" && it.kind === "literal" ? [it.text] : []));
  if (known.length !== values.length || known.length > MAX_VALUES)
    return refuse(walk, "the values of its loop are not plain text");
  const variable = walk.text.slice(name.from, name.to);
  if (!/^[a-z]\w*$/.test(variable) || walk.variables.has(variable))
    return refuse(walk, "the variable of its loop may mean more");
  for (const value of known) {
    walk.variables.set(variable, value);
    if (!isSame(run(walk, body, at, [], isFed), at)) refuse(walk, "a loop in it changes the folder");
  }
  walk.variables.delete(variable);
  return at;
}

function redirected(
  walk: Walk,
  node: ShellNode,
  at: Folders,
  outer: readonly Redirect[],
  isFed: boolean,
): Folders {
  const [body, ...redirects] = node.children;
  if (!body || body.type.endsWith("redirect")) return refuse(walk, "a redirect stands without a command");
  const read = redirects.map((it) => redirectOf(it, walk.text, (node_) => wordIn(walk, node_, at)));
  const wrong = read.find((it) => typeof it === "string");
  if (wrong !== undefined) return refuse(walk, wrong);
  const good = read.filter((it) => typeof it !== "string");
  const files = good.flatMap((it) => it.file ?? []);
  const feeds = isFed || good.some((it) => it.feeds);
  return run(walk, body, at, [...outer, ...files], feeds);
}
