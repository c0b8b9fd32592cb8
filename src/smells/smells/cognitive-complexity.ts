import { cognitive } from "../complexity.ts";
import type { Examined, FunctionPart, Smell } from "../smell.ts";
import { visit } from "../visit.ts";

const COMPLEXITY = { name: "cognitiveComplexity", default: 15, source: "SonarSource, rule S3776" };

/** Functions that are hard to follow (G. Ann Campbell, "Cognitive Complexity", SonarSource white paper). */
export const cognitiveComplexity: Smell = {
  id: "cognitive-complexity",
  title: "High cognitive complexity",
  meaning: "Each break in the flow makes a function harder to understand, the more the deeper it is nested.",
  level: "warning",
  limits: [COMPLEXITY],
  *find(file, limits) {
    const limit = limits[COMPLEXITY.name] ?? COMPLEXITY.default;
    const scores = cognitive(file.functions, file, (it) => callsItself(it, file));
    for (const [{ title, head }, value] of scores) {
      const message = `${title} has a cognitive complexity of ${value}; the limit is ${limit}.`;
      if (value > limit) yield { ...head, message, value, limit };
    }
  },
};

function callsItself({ body, head }: FunctionPart, { source, code, rules }: Examined): boolean {
  const own = source.text.slice(head.from, head.to);
  // What has no name cannot be called by it.
  if (!/^[\p{L}\p{N}_$#]+$/u.test(own)) return false;
  let found = false;
  visit(body, (it) => {
    const callee = rules.calleeOf?.(it);
    if (!callee || source.text.slice(callee.from, callee.to) !== own) return !found;
    // Where it is not known who is who, a name is one thing.
    found ||=
      code
        ?.bindings()
        .at(callee)
        ?.declarations.some((at) => at.from === head.from) ?? !code;
    return !found;
  });
  return found;
}
