import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { Examined, FunctionPart, Smell } from "../smell.ts";
import { visit } from "../visit.ts";

const MEMBERS = {
  name: "enviedMembers",
  default: 5,
  source: "Lanza and Marinescu, Object-Oriented Metrics in Practice, 2006: FEW",
};
/** Lanza and Marinescu, as above: locality of attribute accesses below a third. */
const LEAST_OWN = 1 / 3;

/** Methods that are about another object's data rather than their own. */
export const featureEnvy: Smell = {
  id: "feature-envy",
  title: "Feature envy",
  meaning: "A method that is mostly about the data of a parameter may belong to that one's class.",
  level: "note",
  limits: [MEMBERS],
  isFor: ({ memberUse, ownName }) => memberUse !== undefined && ownName !== undefined,
  *find(file, limits) {
    const limit = limits[MEMBERS.name] ?? MEMBERS.default;
    for (const fn of file.functions) {
      const { own, others, acting } = usesIn(fn, file);
      const [name, members] = [...others].toSorted((a, b) => b[1].size - a[1].size)[0] ?? ["", new Set()];
      const value = members.size;
      const all = own.size + [...others.values()].reduce((sum, it) => sum + it.size, 0);
      if (value <= limit || !acting.has(name) || value < own.size * 2 || own.size >= all * LEAST_OWN)
        continue;
      const message = `${fn.title} uses ${value} members of "${name}" and ${own.size} of its own; the limit is ${limit}.`;
      yield { ...fn.head, message, value, limit };
    }
  },
};

interface Uses {
  readonly own: ReadonlySet<string>;
  /** By the name of the parameter. */
  readonly others: ReadonlyMap<string, ReadonlySet<string>>;
  /** Parameters whose methods are called: they are no mere records, so a method could be theirs. */
  readonly acting: ReadonlySet<string>;
}

/** Which data of which objects a method uses: its own, and its parameters'. */
function usesIn({ node, body }: FunctionPart, file: Examined): Uses {
  const { source, code, rules } = file;
  const own = new Set<string>();
  const others = new Map<string, Set<string>>();
  const acting = new Set<string>();
  const self = rules.ownName?.(node, source.text);
  if (self === undefined) return { own, others, acting };
  // Where it is not known who is who, a name is one thing.
  const names = (rules.parameters?.(node, source.text) ?? []).map((it) => inField(it, "name"));
  const named = new Set(names.map((it) => it && source.text.slice(it.from, it.to)));
  visit(body, (it) => {
    const unsaid = rules.ownMember?.(it, file);
    if (unsaid !== undefined) own.add(unsaid);
    const use = rules.memberUse?.(it, source.text);
    const object = use && source.text.slice(use.object.from, use.object.to);
    if (use && object === self) own.add(use.name);
    else if (use && object !== undefined && isParameter(use.object)) {
      const known = others.get(object) ?? new Set();
      if (use.isCalled) acting.add(object);
      else others.set(object, known.add(use.name));
    }
    return true;
  });
  return { own, others, acting };

  function isParameter(object: SyntaxNode): boolean {
    if (!code) return named.has(source.text.slice(object.from, object.to));
    const binding = object.children.length === 0 ? code.bindings().at(object) : undefined;
    return binding?.kind === "parameter" && binding.scope.node === node;
  }
}
