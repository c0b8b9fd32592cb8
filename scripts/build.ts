// `npm run build [-- --production]`
import { step } from "./steps.ts";

step(process.execPath, ["esbuild.js", ...process.argv.slice(2)]);
