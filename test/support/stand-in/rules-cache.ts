import { bad } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import type { Asked, Wire } from "./wire.ts";
import { innerBlocks, isWire } from "./wire.ts";

/** Every place a mark may stand at, in the order in which the API reads them. */
export function markedPlaces(
  asked: Asked,
): { readonly path: string; readonly place: Wire; readonly mark: unknown }[] {
  const at = (path: string, place: Wire) => ({ path, place, mark: place.cache_control ?? undefined });
  const places = [
    ...asked.tools.map((it, n) => at(`tools.${n}`, it)),
    ...asked.system.map((it, n) => at(`system.${n}`, it)),
    ...asked.messages.flatMap(({ content }, n) =>
      content.flatMap((block, m) => {
        const path = `messages.${n}.content.${m}`;
        const inner = block.type === "tool_result" ? innerBlocks(block) : [];
        return [...inner.map((it, k) => at(`${path}.content.${k}`, it)), at(path, block)];
      }),
    ),
  ];
  return places.filter((it) => it.mark !== undefined);
}

/** Rules about cache marks. */
export const cacheRules: readonly Rule[] = [
  {
    name: "more than four cache marks",
    check: (asked) => {
      const found = markedPlaces(asked).length + (asked.raw.cache_control ? 1 : 0);
      return found > 4
        ? bad(`A maximum of 4 blocks with cache_control may be provided. Found ${found}.`)
        : undefined;
    },
  },
  {
    name: "cache mark of an unknown kind",
    check: (asked) => {
      for (const { path, mark } of markedPlaces(asked)) {
        if (!isWire(mark) || mark.type !== "ephemeral")
          return bad(`${path}.cache_control.type: Input should be 'ephemeral'`);
        if (mark.ttl !== undefined && mark.ttl !== "5m" && mark.ttl !== "1h")
          return bad(`${path}.cache_control.ttl: Input should be '5m' or '1h'`);
        const strange = Object.keys(mark).find((it) => it !== "type" && it !== "ttl");
        if (strange !== undefined)
          return bad(`${path}.cache_control.${strange}: Extra inputs are not permitted`);
      }
      return undefined;
    },
  },
  {
    name: "cache mark of an hour behind one of five minutes",
    check: (asked) => {
      const marks = markedPlaces(asked).map(({ path, mark }) => ({
        path,
        hour: isWire(mark) && mark.ttl === "1h",
      }));
      const short = marks.findIndex((it) => !it.hour);
      const late = short === -1 ? undefined : marks.find((it, at) => at > short && it.hour);
      return late === undefined
        ? undefined
        : bad(
            `${late.path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`,
          );
    },
  },
];
