// `npm run package`: makes wheelhouse-<version>.vsix.
import { pack } from "./pack.ts";

console.log(pack());
