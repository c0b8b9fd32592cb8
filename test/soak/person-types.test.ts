import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe } from "mocha";
import { rewindPoints } from "../../src/agent/rewind-points.ts";
import { edit } from "../../src/agent/tools/edit.ts";
import { read } from "../../src/agent/tools/read.ts";
import { write } from "../../src/agent/tools/write.ts";
import { nodeFiles } from "../../src/node/files.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";
import { call, calls, says } from "../support/scripted-model.ts";
import { type Rig, rig } from "../support/session.ts";
import { testWorld } from "../support/world.ts";
import { holds } from "./figure.ts";
import {
  doGit,
  GIT_DEEDS,
  type GitDeed,
  hasGit,
  initGit,
  keptByGit,
  type Standing,
  wordsIn,
} from "./person-git.ts";

const NAMES = ["a.txt", "b.txt", "c.txt"];

/** What the person does to a file after so many moments. */
interface Deed {
  readonly kind: "type" | "move" | "remove" | "undo" | "keep" | "rewind" | "stop" | "ask" | GitDeed;
  readonly file: number;
  readonly wait: number;
}

const deeds = fc.array(
  fc.record<Deed>({
    kind: fc.constantFrom(
      "type",
      "type",
      "type",
      "type",
      "move",
      "remove",
      "undo",
      "keep",
      "rewind",
      "stop",
      "ask",
      ...(hasGit ? GIT_DEEDS : []),
    ),
    file: fc.nat(2),
    wait: fc.nat(60),
  }),
  { minLength: 3, maxLength: 16 },
);
const acts = fc.array(fc.record({ file: fc.nat(2), kind: fc.constantFrom("edit", "write", "read") }), {
  minLength: 4,
  maxLength: 16,
});

/** A project on disk, and every word that stands in it by the person's will. */
interface Desk {
  readonly folder: string;
  words: readonly Standing[];
  /** Words that git was given to keep. */
  readonly given: Set<string>;
  count: number;
  /** Commands that were given and may still be at work. */
  readonly sent: Promise<unknown>[];
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** As an editor that is not ours saves: in one go, on what it reads now. */
function type(desk: Desk, path: string): void {
  const lines = (textAt(path) ?? "").split("\n");
  const word = `«${++desk.count}»`;
  lines.splice(desk.count % (lines.length + 1), 0, word);
  writeFileSync(path, lines.join("\n"));
  desk.words = [...desk.words, { word, path }];
}

/** What git takes out of the files and puts into them is the person's will; nothing may be missing before. */
function useGit(desk: Desk, deed: GitDeed, file: string): void {
  mustStand(desk);
  const before = desk.words.map((it) => it.word);
  doGit(desk.folder, deed, file);
  desk.words = wordsIn(desk.folder);
  const now = new Set(desk.words.map((it) => it.word));
  if (deed === "commit") for (const it of before) desk.given.add(it);
  if (deed === "stash") for (const it of before) if (!now.has(it)) desk.given.add(it);
  // What is taken out of a stash is nowhere but in the files.
  if (deed === "pop") for (const it of now) desk.given.delete(it);
}

function mustStand({ words }: Desk): void {
  for (const { word, path } of words)
    assert.ok(textAt(path)?.includes(word), `${word} is not in ${path}: ${JSON.stringify(textAt(path))}`);
}

async function happen(desk: Desk, it: Rig, { kind, file }: Deed): Promise<void> {
  const path = join(desk.folder, NAMES[file] ?? "");
  if (kind === "type") type(desk, path);
  if (kind === "remove") {
    rmSync(path, { force: true });
    desk.words = desk.words.filter((it) => it.path !== path);
  }
  if (kind === "move" && textAt(path) !== undefined) {
    const to = `${path}.${++desk.count}`;
    renameSync(path, to);
    desk.words = desk.words.map((it) => (it.path === path ? { ...it, path: to } : it));
  }
  if (isGit(kind)) useGit(desk, kind, NAMES[file] ?? "");
  if (kind === "undo" || kind === "keep" || kind === "stop") desk.sent.push(it.send({ type: kind }));
  if (kind === "ask") desk.sent.push(it.ask("go on"));
  if (kind === "rewind") {
    const to = rewindPoints(it.session.memory())[0]?.n ?? 0;
    desk.sent.push(it.send({ type: "rewind", to, files: true, conversation: false }));
  }
}

function isGit(kind: Deed["kind"]): kind is GitDeed {
  return GIT_DEEDS.some((it) => it === kind);
}

describe("a person who types, moves, removes and uses git while the agent edits", () => {
  holds(
    "loses none of their words",
    { ci: 40, soak: 10_000 },
    fc.asyncProperty(deeds, acts, async (deeds, acts) => {
      const { folder, remove } = await temporaryFolder();
      const project = join(folder, "p");
      mkdirSync(project);
      for (const name of NAMES) writeFileSync(join(project, name), "one\ntwo\nthree\n");
      const usesGit = deeds.some((it) => isGit(it.kind));
      if (usesGit) initGit(project);
      const desk: Desk = { folder: project, words: [], given: new Set(), count: 0, sent: [] };
      const rest = [...acts];
      const it = await rig({
        world: { ...testWorld(), files: { ...testWorld().files, ...nodeFiles() } },
        mode: "bypassPermissions",
        policy: { bypassAllowed: true, roots: [project] },
        wiring: { tools: [read, edit, write] },
        model: (request, signal) => {
          const next = rest.shift();
          if (!next) return says("done")(request, signal);
          const file_path = join(project, NAMES[next.file] ?? "");
          const id = `call_${rest.length}`;
          const [first = ""] = (textAt(file_path) ?? "").split("\n").filter((line) => !line.includes("«"));
          if (next.kind === "read") return calls(call("Read", { file_path }, id))(request, signal);
          if (next.kind === "edit")
            return calls(
              call("Edit", { file_path, old_string: first, new_string: `${first} ${rest.length}` }, id),
            )(request, signal);
          // Whole, with all that stands there as the model sees it.
          return calls(call("Write", { file_path, content: `${textAt(file_path) ?? ""}\nmore` }, id))(
            request,
            signal,
          );
        },
      });
      await it.ask("go");
      for (const deed of deeds) {
        for (let left = deed.wait; left > 0; left--) await new Promise(setImmediate);
        await happen(desk, it, deed);
      }
      await it.session.rested();
      await Promise.all(desk.sent);
      await it.session.rested();
      await it.session.close();
      mustStand(desk);
      const kept = usesGit ? keptByGit(project) : "";
      for (const word of desk.given) assert.ok(kept.includes(word), `${word} is not in git`);
      await remove();
    }),
    { endOnFailure: true },
  );
});
