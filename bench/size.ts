import { statSync } from "node:fs";
import { pack } from "../scripts/pack.ts";
import type { Figure } from "./measure.ts";

/** What is shipped and what is loaded first. Builds for production. */
export function sizeFigures(): readonly Figure[] {
  const vsix = statSync(pack()).size;
  const activation = statSync(new URL("../dist/extension.cjs", import.meta.url)).size;
  return [
    { what: "the package", measured: vsix / 1e6, limit: 8, kind: "at most", unit: "MB" },
    { what: "the activation bundle", measured: activation / 1e3, limit: 200, kind: "at most", unit: "kB" },
  ];
}
