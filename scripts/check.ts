// `npm run check`: format, lint, types, generated files, house rules.
import { COMPILER } from "./paths.ts";
import { step } from "./steps.ts";

step("biome", ["check", "--error-on-warnings"]);
step(process.execPath, [COMPILER, "-p", "."]);
step(process.execPath, ["scripts/gather.ts", "--check"]);
step(process.execPath, ["scripts/contributes.ts", "--check"]);
step("mocha", ["--reporter", "dot", "test/house/**/*.test.ts"]);
