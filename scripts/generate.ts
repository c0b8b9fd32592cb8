// `npm run generate`: the lists and the manifest that are made from the code.
import { step } from "./steps.ts";

step(process.execPath, ["scripts/gather.ts"]);
step(process.execPath, ["scripts/contributes.ts"]);
