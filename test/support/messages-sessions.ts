import fc from "fast-check";
import type { Block, Message } from "../../src/model/conversation.ts";

/** One step of a conversation: what is said to the model, and what it answers. */
export interface Step {
  readonly prompt: string;
  /** Words of the house behind the prompt or the results. */
  readonly notes: readonly string[];
  readonly answer: readonly Block[];
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom("", " \n", "a\ud83d", "\0b", "<system-reminder>", "ü 世界"),
);
const thinking = fc.record({
  type: fc.constant("thinking" as const),
  thinking: text,
  signature: fc.constantFrom("c2ln", ""),
});
const redacted = fc.constant({ type: "opaque" as const, raw: { type: "redacted_thinking", data: "eA==" } });
const said = text.map((it) => ({ type: "text" as const, text: it }));
const call = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }).map((input) => ({ input }));

const answer = fc
  .record({
    before: fc.array(fc.oneof(thinking, redacted, said), { maxLength: 4 }),
    calls: fc.array(call, { maxLength: 3 }),
  })
  // An answer always holds something that is sent.
  .map(({ before, calls }) => ({ before: [...before, { type: "text" as const, text: "so" }], calls }));

/** Conversations of up to eight steps. */
export const sessions: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.record({ prompt: text, notes: fc.array(text, { maxLength: 2 }), answer }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((steps) =>
    steps.map(({ prompt, notes, answer: { before, calls } }, step) => ({
      prompt: prompt.trim() === "" ? "go on" : prompt,
      notes,
      answer: [...before, ...calls.map(({ input }, at) => toolUse(`toolu_${step}_${at}`, input))],
    })),
  );

function toolUse(id: string, input: object): Block {
  return { type: "tool_use", id, name: "Read", input: JSON.parse(JSON.stringify(input)) };
}

/** The messages of each request of a conversation, in order: every call answered, results before words. */
export function requestsOf(steps: readonly Step[]): readonly (readonly Message[])[] {
  const requests: Message[][] = [];
  let messages: Message[] = [];
  for (const { prompt, notes, answer: content } of steps) {
    const open = messages.at(-1)?.content.filter((it) => it.type === "tool_use") ?? [];
    const results = open.map(({ id }): Block => ({ type: "tool_result", tool_use_id: id, content: prompt }));
    messages = [
      ...messages,
      { role: "user", content: results.length > 0 ? results : [{ type: "text", text: prompt }] },
      ...notes.map((it): Message => ({ role: "system", content: [{ type: "text", text: it }] })),
    ];
    requests.push(messages);
    messages = [...messages, { role: "assistant", content }];
  }
  return requests;
}
