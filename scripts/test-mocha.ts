// `node scripts/test-mocha.ts REPORT GREP FILE…`: runs the tests of these files in this process and writes what came of
// them to the file REPORT. GREP: a pattern of test names, "" for all.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Mocha from "mocha";
import { runLoaded } from "../test/support/report.ts";
import { root } from "./paths.ts";

const [report = "", grep = "", ...files] = process.argv.slice(2);
const { timeout } = JSON.parse(readFileSync(join(root, ".mocharc.json"), "utf8"));
const mocha = new Mocha({ timeout, reporter: Mocha.reporters.Base, ...(grep !== "" && { grep }) });
for (const file of files) mocha.addFile(resolve(root, file));
await mocha.loadFilesAsync();
writeFileSync(report, JSON.stringify(await runLoaded(mocha)));
// What a test left open must not keep the run from ending.
process.exit(0);
