// `node bench/clients.ts FOLDER [CLIENT …]`: command-line agents of others, unmodified, through a live gateway in front
// of a scripted vendor of each form; the tests ask those that `scripts/clients.ts` installs, here it may be others and
// their newest. FOLDER is where they were installed:
// npm install --prefix FOLDER --ignore-scripts @anthropic-ai/claude-code @openai/codex @google/gemini-cli opencode-ai
import { resolve } from "node:path";
import { askedClient, CLIENTS, formsFor } from "../test/support/clients.ts";

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) throw new Error("where are they installed?");
const strange = wanted.find((it) => !CLIENTS.some((name) => name === it));
if (strange !== undefined)
  throw new Error(`there is no client "${strange}"; there are ${CLIENTS.join(", ")}`);
for (const name of CLIENTS.filter((it) => wanted.length === 0 || wanted.includes(it)))
  for (const form of formsFor(name)) {
    const from = performance.now();
    const { hasTold, details } = await askedClient(name, form, resolve(folder, "node_modules"));
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    console.log(`${hasTold ? "ok  " : "FAIL"} ${name} in front of ${form.type}: ${seconds} s`);
    if (!hasTold) console.log(details);
    if (!hasTold) process.exitCode = 1;
  }
