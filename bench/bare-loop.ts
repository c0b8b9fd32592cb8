// The least a program over the SDK can do with the same task: stream, accumulate, run the tool, send the result.
import { execSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import Anthropic from "@anthropic-ai/sdk";
import { tools } from "../src/agent/tools/all.ts";

const client = new Anthropic();
const messages: Anthropic.MessageParam[] = [{ role: "user", content: process.argv[2] ?? "" }];
const specs = tools.map(({ name, description, input }) => ({
  name,
  description,
  input_schema: input as Anthropic.Tool.InputSchema,
}));
for (;;) {
  const stream = client.messages.stream({
    model: "claude-sonnet-5-5",
    max_tokens: 32_000,
    thinking: { type: "adaptive" },
    tools: specs,
    messages,
  });
  const answer = await stream.finalMessage();
  messages.push({ role: "assistant", content: answer.content });
  const calls = answer.content.filter((it) => it.type === "tool_use");
  if (calls.length === 0) break;
  messages.push({
    role: "user",
    content: calls.map((it) => ({
      type: "tool_result",
      tool_use_id: it.id,
      content: run(it.name, it.input as Record<string, string>),
    })),
  });
}

function run(
  name: string,
  { file_path: path = "", old_string: from = "", new_string: to = "", command = "" }: Record<string, string>,
): string {
  if (name === "Bash") return execSync(command, { encoding: "utf8" });
  const text = readFileSync(path, "utf8");
  if (name === "Read") return text;
  writeFileSync(path, text.replace(from, to));
  return "done";
}
