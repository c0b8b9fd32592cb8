/** Types of nodes as a grammar calls them, a blank between two. */
export type Types = string;

/** Asks whether a type is one of them. */
export function among(types: Types = ""): (type: string | undefined) => boolean {
  const all = new Set(types.split(" "));
  return (type) => type !== undefined && type !== "" && all.has(type);
}
