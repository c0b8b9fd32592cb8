import { messageOf } from "../std/error-message.ts";
import { outside } from "../text/outside.ts";
import type { KnownSecret } from "../text/secrets.ts";
import { cleaned } from "./cleaned.ts";
import type { SessionEvent } from "./events.ts";
import { veil } from "./veil.ts";
import type { Live } from "./wiring.ts";

/** A session at work that records what tools say as they said it. */
type Unguarded = Omit<Live, "outside" | "veil" | "freshen">;

/** The session with its guards: what it records from outside is clean, and ignore files hide what they name. `past`: its log so far. */
export function withGuards(live: Unguarded, past: readonly SessionEvent[]): Live {
  const guard = outside(textsOf(past));
  const { files, search, platform, clock } = live.world;
  const own = { folder: "", real: "" };
  const roots = () => {
    const { folder } = live.memory().state;
    return [folder, ...(own.folder === folder ? [own.real] : []), ...live.policy().roots];
  };
  let hasWarned = false;
  return {
    ...live,
    record: (body, durable) => live.record(cleaned(body, guard.told), durable),
    outside: guard,
    veil: veil({ files, search, roots, platform, now: clock.now }),
    async freshen() {
      const { folder } = live.memory().state;
      if (own.folder !== folder) Object.assign(own, { folder, real: await files.resolve(folder) });
      const known = await secrets();
      if (known) guard.know(known);
    },
  };

  /** `undefined` when they cannot be read: what was known stays known, and the person hears of it once. */
  async function secrets(): Promise<readonly KnownSecret[] | undefined> {
    try {
      return (await live.secrets?.()) ?? [];
    } catch (error) {
      const why = messageOf(error);
      if (!hasWarned)
        await live.record({
          type: "warned",
          text: `Your keys and the values in .env files could not be read (${why}). What was read before and what looks like a key is masked all the same.`,
        });
      hasWarned = true;
      return undefined;
    }
  }
}

/** What the model was told from outside: the placeholders in it are given already. */
function* textsOf(past: readonly SessionEvent[]): Iterable<string> {
  for (const it of past) {
    if (it.type === "noted") yield it.text;
    if (it.type !== "answered" && it.type !== "asked") continue;
    if (typeof it.content === "string") yield it.content;
    else for (const block of it.content) if (block.type === "text") yield block.text;
  }
}
