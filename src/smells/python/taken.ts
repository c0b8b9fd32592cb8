import type { Binding, Reference } from "../../syntax/bindings.ts";
import { allInField, inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { baseName } from "../../text/paths.ts";
import type { Examined } from "../smell.ts";

/** See `SmellRules.offeredAs`: what stands at the top of a file can be taken from its module. */
export function offeredAs({ name, scope }: Binding, { source }: Examined): string | undefined {
  return scope.parent ? undefined : `${baseName(source.path).replace(/\.py$/, "")}.${name}`;
}

/** See `SmellRules.taken`: `from m import a` and `m.a`, where `m` is imported. */
export function taken({ source: { text }, code }: Examined): readonly string[] {
  const found = new Set<string>();
  for (const binding of code?.bindings().all ?? []) {
    const [at] = binding.declarations;
    if (binding.kind !== "import" || !at) continue;
    const { module, name } = originOf(at, text);
    if (module !== undefined) found.add(`${module}.${name}`);
    for (const it of binding.references) for (const member of membersAt(it, name, text)) found.add(member);
  }
  return [...found];
}

/** The last part of the module that an import takes from, and what it takes; without a module, that is one itself. */
function originOf(at: SyntaxNode, text: string): { readonly module?: string; readonly name: string } {
  const statement = nearest(at, (it) => /^import(_from)?_statement$/.test(it.type));
  const names = statement ? allInField(statement, "name") : [];
  const own = names.find((it) => it.from <= at.from && at.to <= it.to) ?? at;
  const written = own.type === "aliased_import" ? (inField(own, "name") ?? own) : own;
  const [name, module] = [written, statement && inField(statement, "module_name")].map(
    (it) => it && lastOf(text.slice(it.from, it.to)),
  );
  // Where a dotted module is imported whole, the name stands for its first part.
  const isWhole = statement?.type === "import_statement" && own.type !== "aliased_import";
  const first = isWhole ? parts(written)[0] : undefined;
  return {
    ...(module && { module }),
    name: first ? text.slice(first.from, first.to) : (name ?? ""),
  };
}

function lastOf(dotted: string): string {
  return dotted.split(".").at(-1) ?? dotted;
}

/** `a.b.c` where `a` stands for the module `name`: `name.b` and `b.c`. */
function membersAt({ node }: Reference, name: string, text: string): readonly string[] {
  const found: string[] = [];
  let [at, owner] = [node, name];
  while (at.parent?.type === "attribute" && at.field === "object") {
    const member = inField(at.parent, "attribute");
    const written = member ? text.slice(member.from, member.to) : "";
    found.push(`${owner}.${written}`);
    [at, owner] = [at.parent, written];
  }
  return found;
}
