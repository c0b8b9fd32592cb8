import type { ModelInfo } from "../model/provider.ts";

/** Name of the model that a path asks to be described, below the path of the list; `undefined`: it asks for none. */
export function describedIn(path: string): string | undefined {
  const name = /^\/v1(?:beta|alpha)?\/models\/(.+)$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    // Not every client encodes; then it is the name itself.
    return name;
  }
}

/** A model of the list by its name there, or by its provider and its own name; it keeps the name it is asked by. */
export function described(models: readonly ModelInfo[], name: string): ModelInfo | undefined {
  const found =
    models.find((it) => it.id === name) ?? models.find((it) => `${it.provider}/${it.id}` === name);
  return found && { ...found, id: name };
}
