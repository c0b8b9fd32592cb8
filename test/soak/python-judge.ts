import { spawnSync } from "node:child_process";

/** Two texts of Python and what is said of them. */
export interface Pair {
  /** "names": the same program but for one name; "tree": the same program but for blanks and parentheses; "compiles"; "globals": so that the same names are looked up in the file, and one more. */
  readonly as: "names" | "tree" | "compiles" | "globals";
  readonly before: string;
  readonly after: string;
  readonly old?: string;
  readonly name?: string;
}

/**
 * Reads pairs as JSON and writes for each why it is not so, or null. Names are compared in the compiled code, scope by
 * scope: who is a local, a captured or a global name is for Python itself to say (the module `dis`).
 */
const JUDGE = `
import ast, dis, json, sys, warnings
warnings.simplefilter("ignore")

KINDS = {"FAST": "fast", "DEREF": "deref", "CLOSURE": "deref", "CELL": "deref", "GLOBAL": "global", "NAME": "global", "CLASSDEREF": "deref"}

def kind_of(opname):
    if opname.startswith("IMPORT"): return None
    if "CLASSDEREF" in opname: return "deref"
    for key, kind in KINDS.items():
        if key in opname.split("_"): return kind
    return None

def shown(code, back):
    told = []
    for it in dis.get_instructions(code):
        if it.opname in ("MAKE_CELL", "COPY_FREE_VARS", "LOAD_CLOSURE", "BUILD_TUPLE", "EXTENDED_ARG", "PUSH_NULL"): continue
        value = it.argval
        if hasattr(value, "co_code"): value = shown(value, back)
        # Which of two ways a method is called in goes by how long its lines are, too; jumps go as far as that makes them.
        opname = "LOAD_ATTR" if it.opname == "LOAD_METHOD" else it.opname
        told.append((opname, None if it.opcode in dis.hasjrel or it.opcode in dis.hasjabs else back(value)))
    return (back(code.co_name), [back(v) for v in code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]], told)

def used(code, into, scope):
    for it in dis.get_instructions(code):
        kind = kind_of(it.opname)
        # What the body of a class declares is its own.
        if kind == "global" and scope and not code.co_flags & 1: kind = "class"
        if kind and isinstance(it.argval, str): into.add(("" if kind == "global" else scope, kind == "global", it.argval))
        if hasattr(it.argval, "co_code"): used(it.argval, into, scope + "/" + str(it.offset))
    for v in code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]: into.add((scope, False, v))
    return into

def names(pair):
    a, b = (compile(pair[k], "x", "exec", dont_inherit=True) for k in ("before", "after"))
    private, was = ("_" + pair[k].lstrip("_") + "__" for k in ("name", "old"))
    def named(it):
        if it == pair["name"]: return pair["old"]
        return was + it[len(private):] if it.startswith(private) else it
    def back(value):
        # A qualified name, "f.<locals>.A", has it as a part; a private one, "_A__b", has its class's before it.
        if isinstance(value, str): return ".".join(named(it) for it in value.split("."))
        if isinstance(value, tuple): return tuple(back(v) for v in value)
        if isinstance(value, frozenset): return sorted(repr(back(v)) for v in value)
        return repr(value) if not isinstance(value, list) else value
    if shown(a, lambda v: back(v)) != shown(b, back): return "the compiled code is another one"
    if len(used(a, set(), "")) != len(used(b, set(), "")): return "some of its uses have the old name"
    return None

def judged(pair):
    try:
        if pair["as"] == "compiles":
            compile(pair["after"], "x", "exec", dont_inherit=True)
            return None
        if pair["as"] == "globals":
            a, b = ({name for _, is_global, name in used(compile(pair[k], "x", "exec", dont_inherit=True), set(), "") if is_global} for k in ("before", "after"))
            return None if b - {pair["name"]} == a else "other names are global: %s" % sorted(a ^ b)
        if pair["as"] == "tree":
            return None if ast.dump(ast.parse(pair["before"])) == ast.dump(ast.parse(pair["after"])) else "the tree is another one"
        return names(pair)
    except (SyntaxError, ValueError) as error:
        return str(error)

for line in sys.stdin:
    print(json.dumps(judged(json.loads(line))))
`;

/** Whether there is a Python here, and where its library's files lie. */
export function pythonLibrary(): string | undefined {
  const asked = ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"];
  const ran = spawnSync("python3", asked, { encoding: "utf8" });
  return ran.status === 0 ? ran.stdout.trim() : undefined;
}

/** Why each pair is not what it is said to be; `null`: it is. */
export function judged(pairs: readonly Pair[]): readonly (string | null)[] {
  const input = pairs.map((it) => JSON.stringify(it)).join("\n");
  const ran = spawnSync("python3", ["-c", JUDGE], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout
    .trim()
    .split("\n")
    .filter((it) => it !== "")
    .map((it) => JSON.parse(it) as string | null);
}
