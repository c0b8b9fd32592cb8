import type { ClientCall, Wanted } from "../dialect.ts";

/** A method of a model: `/v1beta/models/gemini-3-flash-preview:generateContent`, on Vertex AI behind a project and a publisher. */
export interface CalledMethod {
  readonly model: string;
  readonly method: string;
}

/** The model and the method in a path; `undefined`: it has another form. */
export function methodOf(path: string): CalledMethod | undefined {
  const [, name, method] = METHOD.exec(path) ?? [];
  return name === undefined || method === undefined ? undefined : { model: decoded(name), method };
}

const METHOD =
  /^\/v1(?:beta1?|alpha)?\/(?:(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/[^/]+\/)?models\/(.+):(\w+)$/;

/** What a call of the API wants; `undefined`: it is none, or a method we do not have. */
export function wantedBy({ method: verb, path, query, headers }: ClientCall): Wanted | undefined {
  if (verb === "GET") {
    // Other vendors list their models at the path of the first version, too.
    const isOurs = headers["x-goog-api-key"] !== undefined || query.has("key");
    const [, version, name] = /^\/v1(beta|alpha)?\/models(?:\/(.*))?$/.exec(path) ?? [path];
    if (version === undefined && !(isOurs && path.startsWith("/v1/models"))) return undefined;
    return name ? "model" : "models";
  }
  if (verb !== "POST") return undefined;
  switch (methodOf(path)?.method) {
    case "generateContent":
    case "streamGenerateContent":
      return "answer";
    case "countTokens":
      return "count";
    default:
      return undefined;
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // Not every client encodes; then it is the name itself.
    return name;
  }
}
