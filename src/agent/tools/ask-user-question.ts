import type { JsonObject } from "../../model/conversation.ts";
import type { Question } from "../display.ts";
import type { RunTool } from "../tool.ts";
import { isOn, objectsIn, textIn } from "./parts/input.ts";
import { failure } from "./parts/result.ts";

/** Asks the person. */
export const askUserQuestion: RunTool = {
  name: "AskUserQuestion",
  description:
    "Ask the person when their wish is unclear or a choice is theirs. They pick from options or answer in their own words. Do not ask what you can find out.",
  input: {
    type: "object",
    properties: {
      questions: {
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          properties: {
            question: { type: "string" },
            header: { type: "string", description: "One or two words" },
            options: {
              type: "array",
              items: {
                type: "object",
                properties: { label: { type: "string" }, description: { type: "string" } },
                required: ["label"],
              },
            },
            multiSelect: { type: "boolean" },
          },
          required: ["question", "options"],
        },
      },
    },
    required: ["questions"],
  },
  title: (input) =>
    questionsIn(input)
      .map((it) => it.question)
      .join(" "),
  reach: () => ({ kind: "talk" }),
  async run(input, { ask }, signal) {
    const questions = questionsIn(input);
    const answers = await ask(questions, signal);
    if (!answers) return failure("Nobody can answer now. Decide by yourself, and say what you assumed.");
    const told = questions.map((it, index) => `${it.question}\n> ${answers[index] ?? "(no answer)"}`);
    return { content: told.join("\n"), display: { kind: "questions", questions, answers } };
  },
};

function questionsIn(input: JsonObject): readonly Question[] {
  return objectsIn(input, "questions").map((it) => ({
    question: textIn(it, "question"),
    header: textIn(it, "header"),
    options: objectsIn(it, "options").map((option) => ({
      label: textIn(option, "label"),
      description: textIn(option, "description"),
    })),
    multiSelect: isOn(it, "multiSelect"),
  }));
}
