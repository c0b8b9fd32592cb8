import { writeFileSync } from "node:fs";
import { runLoaded } from "../support/report.ts";

/** Called by VS Code in its extension host; the report goes to the file that the environment names. */
export async function run(): Promise<void> {
  const { WHEELHOUSE_TEST_REPORT: path = "", WHEELHOUSE_TEST_GREP: grep = "" } = process.env;
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ timeout: 20_000, reporter: Mocha.reporters.Base, ...(grep !== "" && { grep }) });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  // Loaded only now, for a suite registers its tests with the mocha that was made last.
  await import("./all.ts");
  const report = await runLoaded(mocha);
  writeFileSync(path, JSON.stringify(report));
}
