import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { memoryOf } from "../../src/agent/memory.ts";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import type { EditTool } from "../../src/agent/tool.ts";
import { bash } from "../../src/agent/tools/bash.ts";
import { keepImages } from "../../src/journal/images.ts";
import type { Sweeps } from "../../src/journal/sweep.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import { isSoak, runs } from "../soak/figure.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { type Rig, rig } from "../support/session.ts";
import { type TestWorld, testWorld } from "../support/world.ts";

const PATHS = ["/p/a", "/p/b", "/p/c"];

type Texts = Readonly<Record<string, string | null>>;

/** Sets files to texts; null removes them. */
const become: EditTool = {
  name: "Become",
  description: "Sets files to texts.",
  input: { type: "object", properties: { texts: { type: "string" } }, required: ["texts"] },
  title: () => "",
  reach: ({ texts }) => ({ kind: "edit", paths: Object.keys(JSON.parse(String(texts))) }),
  async plan({ texts }, { files }, signal) {
    const wanted = Object.entries(JSON.parse(String(texts)) as Texts);
    const changes = wanted.map(async ([path, text]) => {
      const found = await files.read(path, signal);
      const before = found.kind === "text" ? found.text : undefined;
      return { path, before, after: text ?? undefined, form: UTF8 };
    });
    const real = (await Promise.all(changes)).filter((it) => it.before !== it.after);
    return real.length === 0
      ? { kind: "refused", reason: "Nothing to do." }
      : { kind: "plan", changes: real, notes: [] };
  },
};

/** What happens: the session edits, its command does, the person does; they decide, and they rewind. */
type Deed =
  | { readonly kind: "edit" | "command" | "person"; readonly texts: Readonly<Record<string, boolean>> }
  | { readonly kind: "undo" | "keep"; readonly path: string }
  | { readonly kind: "rewind"; readonly to: number; readonly talk: boolean; readonly back: boolean };

/** Which files, and whether they are written or removed. */
const texts = fc.dictionary(fc.constantFrom(...PATHS), fc.boolean(), {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("edit", "command", "person"), texts }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("undo", "keep"), path: fc.constantFrom(...PATHS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("rewind" as const),
      to: fc.nat(9),
      talk: fc.boolean(),
      back: fc.boolean(),
    }),
  },
);

/** A session, and what somebody saw who looked at its files all the time. */
interface Watched {
  readonly it: Rig;
  /** What the session does next. */
  readonly wanted: { readonly command: boolean; readonly texts: Texts }[];
  /** What the files were at each prompt, by its number. */
  readonly was: Map<number, Texts>;
  /** Of each file, the texts the person gave it, the newest first, and the number of the last event before that. */
  readonly persons: Map<string, { readonly n: number; readonly texts: readonly (string | null)[] }>;
  /** A text that was never there before; none twice. */
  readonly fresh: (who: string) => string;
}

const now = ({ it }: Pick<Watched, "it">): Texts =>
  Object.fromEntries(PATHS.map((path) => [path, it.world.files.texts.get(path) ?? null]));

function put(world: TestWorld, texts: Texts): void {
  for (const [path, text] of Object.entries(texts)) {
    if (text === null) world.files.texts.delete(path);
    else world.files.texts.set(path, text);
  }
}

async function begin(): Promise<Watched> {
  // What is only known weakly is kept until the loop has its turn, which all that follows never gives it.
  await new Promise(setImmediate);
  const wanted: { readonly command: boolean; readonly texts: Texts }[] = [];
  const plain = testWorld(
    { "/p/a": "at first" },
    {
      commands: async ({ command }) => {
        put(plain, JSON.parse(command) as Texts);
        return {};
      },
    },
  );
  const world: TestWorld = { ...plain, sweeps: sweepsOf(plain.files.texts) };
  let count = 0;
  const it = await rig({
    world,
    mode: "bypassPermissions",
    policy: { bypassAllowed: true },
    wiring: { tools: [bash, become] },
    model: (request, signal) => {
      const next = wanted.shift();
      if (!next) return says("ok")(request, signal);
      const texts = JSON.stringify(next.texts);
      const id = `call_${count++}`;
      return calls(next.command ? call("Bash", { command: texts }, id) : call("Become", { texts }, id))(
        request,
        signal,
      );
    },
  });
  const fresh = (who: string) => `${who} ${count++}`;
  return { it, wanted, was: new Map(), persons: new Map(), fresh };
}

/** Finds what a command changed by looking at all files before and after it. */
function sweepsOf(texts: ReadonlyMap<string, string>): Sweeps {
  return {
    async begin(_, blobs) {
      const before = new Map(texts);
      const end = async () => {
        const paths = [...new Set([...before.keys(), ...texts.keys()])];
        const changes = paths.map((path) => ({
          path,
          before: before.get(path),
          after: texts.get(path),
          form: UTF8,
        }));
        const changed = changes.filter((it) => it.before !== it.after);
        return { files: await keepImages(changed, blobs), lost: [], notes: [] };
      };
      return { noted: "noted", end };
    },
    resume: async () => undefined,
  };
}

async function happen(watched: Watched, deed: Deed): Promise<void> {
  const { it, wanted, was, persons, fresh } = watched;
  if (deed.kind === "rewind") return rewindAndLook(watched, deed);
  if (!("texts" in deed)) return void (await it.send({ type: deed.kind, paths: [deed.path] }));
  const present = now(watched);
  const given = Object.entries(deed.texts).map(
    ([path, isWritten]) => [path, isWritten ? fresh(deed.kind) : null] as const,
  );
  const texts = Object.fromEntries(given.filter(([path, text]) => present[path] !== text));
  if (deed.kind === "person") {
    put(it.world, texts);
    for (const [path, text] of Object.entries(texts)) {
      const earlier = persons.get(path)?.texts ?? [];
      persons.set(path, { n: it.session.state().n, texts: [text, ...earlier] });
    }
    return;
  }
  wanted.push({ command: deed.kind === "command", texts });
  await it.turn("go");
  was.set(rewindPoints(it.session.memory()).at(-1)?.n ?? 0, present);
}

async function rewindAndLook(
  watched: Watched,
  { to, talk, back }: Extract<Deed, { kind: "rewind" }>,
): Promise<void> {
  const { it, was, persons } = watched;
  const prompts = rewindPoints(it.session.memory());
  const prompt = prompts[to % Math.max(1, prompts.length)];
  if (!prompt) return;
  const before = now(watched);
  const open = openIn(it);
  const sent = await it.send({ type: "rewind", to: prompt.n, files: true, conversation: talk });
  const after = now(watched);
  for (const path of PATHS) {
    const mine = persons.get(path);
    const isMine = mine !== undefined && mine.n >= prompt.n;
    if (!isMine) assert.equal(after[path], was.get(prompt.n)?.[path], `${path} is not what it was`);
    else if (before[path] !== null && before[path] === mine.texts[0])
      assert.equal(after[path], before[path], `${path} was the person's`);
    // A file they made and removed again is as if they had never touched it.
    else {
      const fair = [
        before[path],
        ...mine.texts,
        ...(mine.texts[0] === null ? [was.get(prompt.n)?.[path]] : []),
      ];
      assert.ok(fair.includes(after[path] ?? null), `${path} is neither`);
    }
  }
  if (!back || sent.kind === "refused") return;
  assert.deepEqual(await it.send({ type: "takeBackRewind" }), { kind: "taken" });
  assert.deepEqual(now(watched), before);
  assert.deepEqual(openIn(it), open);
}

function openIn({ session }: Rig): unknown {
  return session.state().changed.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

describe("Rewind, whatever happened before it,", () => {
  it("gives back what was, keeps what the person did, and can be taken back", async function () {
    this.timeout(isSoak ? 0 : 60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 16 }), async (deeds) => {
        const watched = await begin();
        for (const it of deeds) await happen(watched, it);
        const events = watched.it.log.events;
        assert.deepEqual(memoryOf(events), watched.it.session.memory());
      }),
      runs({ ci: 150, soak: 20_000 }),
    );
  });
});
