import { recordOf } from "../record.ts";

/** A schema as a client sent it. */
export type Raw = Readonly<Record<string, unknown>>;

/** How often one reference may stand within itself. */
const MOST_TURNS = 2;

/**
 * What a schema's `$ref` leads to, with what stands beside it, and the references on the way; the schema itself when
 * it has none, `undefined` for recursion that has to be cut. References that lead nowhere are left out.
 */
export function resolved(
  schema: Raw,
  root: Raw,
  chain: readonly string[],
): { readonly schema: Raw; readonly chain: readonly string[] } | undefined {
  let found = schema;
  let followed = chain;
  while (typeof found["$ref"] === "string") {
    const { $ref: reference, ...beside } = found;
    if (followed.filter((it) => it === reference).length >= MOST_TURNS) return undefined;
    followed = [...followed, reference as string];
    const target = pointed(root, reference as string);
    if (target === undefined) return Object.keys(beside).length > 0 ? { schema: beside, chain } : undefined;
    found = { ...target, ...beside };
  }
  return followed.length > MOST_CHAINED ? undefined : { schema: found, chain: followed };
}

/** References within references. */
const MOST_CHAINED = 24;

/** The schema at a JSON pointer (RFC 6901) in a fragment. */
function pointed(root: Raw, reference: string): Raw | undefined {
  if (!reference.startsWith("#")) return undefined;
  let at: unknown = root;
  for (const step of reference.slice(1).split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const members = recordOf(at);
    if (!Object.hasOwn(members, name)) return undefined;
    at = members[name];
  }
  return typeof at === "object" && at !== null && !Array.isArray(at) ? (at as Raw) : undefined;
}

/** A schema with its `allOf` merged into it. */
export function flattened(schema: Raw, root: Raw, chain: readonly string[] = [], depth = 0): Raw {
  if (!Array.isArray(schema["allOf"]) || depth > MOST_MERGED) return schema;
  const { allOf, ...own } = schema;
  const parts = (allOf as readonly unknown[]).flatMap((it) => {
    const found = resolved(recordOf(it), root, chain);
    return found === undefined ? [] : [flattened(found.schema, root, found.chain, depth + 1)];
  });
  return parts.reduce(merged, own);
}

/** Merging within merging. */
const MOST_MERGED = 8;

/** Both schemas at once; where they say the same thing differently, the first goes before the second. */
function merged(one: Raw, other: Raw): Raw {
  const properties = { ...recordOf(one["properties"]) };
  for (const [name, it] of Object.entries(recordOf(other["properties"]))) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    properties[name] = own === undefined ? it : { allOf: [own, it] };
  }
  const required = [...listOf(one["required"]), ...listOf(other["required"])];
  return {
    ...other,
    ...one,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
