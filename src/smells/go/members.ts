import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";

/** See `SmellRules.ownName`: the name of the receiver. */
export function ownName(method: SyntaxNode, text: string): string | undefined {
  const list = inField(method, "receiver");
  const [receiver] = list ? parts(list) : [];
  const name = receiver && inField(receiver, "name");
  return name && text.slice(name.from, name.to);
}
