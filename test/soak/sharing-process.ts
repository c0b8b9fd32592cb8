/**
 * `node sharing-process.ts`: reads orders from its input, a line of JSON each, and answers each with a line, in order. All
 * work in the home folder that an order names: on its one session, its rules, its list. `isDone`: it has been done for good.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Session } from "../../src/agent/runner.ts";
import { nodeClock } from "../../src/node/clock.ts";
import { openSession } from "../../src/node/open-session.ts";
import { addAllowRule } from "../../src/node/settings-files.ts";
import { openStore } from "../../src/node/store.ts";
import { beginningIn, editingWiring } from "../store/editing-session.ts";

interface Order {
  readonly kind: "rule" | "ask" | "leave" | "list" | "create" | "check";
  readonly home: string;
  readonly text: string;
  readonly prompts?: readonly string[];
}

interface Answer {
  readonly kind: string;
  readonly text: string;
  readonly isDone: boolean;
  readonly wrong?: string;
}

/** The session this process has taken up. */
const held = new Map<string, Session>();

async function taken(home: string): Promise<Session | undefined> {
  const mine = held.get(home);
  if (mine) return mine;
  const store = openStore(home, nodeClock);
  const project = join(home, "project");
  const [id] = await readdir(join(home, "sessions")).catch(() => []);
  const opened = id === undefined ? await store.create(beginningIn(project)) : await store.open(id);
  if (opened.kind !== "open") return undefined;
  const ears = { emit: () => undefined, complain: () => undefined };
  const session = await openSession(editingWiring(project), opened, ears);
  held.set(home, session);
  return session;
}

async function obey({ kind, home, text, prompts = [] }: Order): Promise<Answer> {
  const done = { kind, text, isDone: true };
  if (kind === "rule") await addAllowRule(home, `Bash(${text})`);
  if (kind === "leave") {
    await held.get(home)?.close();
    held.delete(home);
  }
  if (kind === "ask") {
    const session = await taken(home);
    const sent = await session?.send({ type: "ask", text, attachments: [] });
    await session?.rested();
    return { ...done, isDone: sent?.kind === "taken" };
  }
  if (kind === "list" || kind === "create") await openStore(home, nodeClock).list("");
  return kind === "check" ? { ...done, ...(await wrongIn(home, prompts)) } : done;
}

async function wrongIn(home: string, prompts: readonly string[]): Promise<{ wrong?: string }> {
  const store = openStore(home, nodeClock);
  const found = await store.list("");
  const all = await Promise.all(found.map((it) => store.read(it.id)));
  const texts = all.flatMap((events) =>
    (events ?? []).flatMap((it) => (it.type === "asked" ? [it.text] : [])),
  );
  const numbers = all.every((events) => (events ?? []).every((it, index) => it.n === index + 1));
  store.close();
  const lost = prompts.filter((it) => !texts.includes(it));
  if (lost.length > 0) return { wrong: `lost: ${lost}` };
  if (new Set(texts).size !== texts.length) return { wrong: `twice: ${texts}` };
  return numbers ? {} : { wrong: "two have written one log" };
}

for await (const line of createInterface({ input: process.stdin })) {
  const order: Order = JSON.parse(line);
  const { kind, text } = order;
  const answer = await obey(order).catch(
    (error: unknown): Answer => ({ kind, text, isDone: false, wrong: String(error) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
