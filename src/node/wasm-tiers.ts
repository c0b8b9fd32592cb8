import { setFlagsFromString } from "node:v8";
import { inTurn } from "./compile-turn.ts";

/** Names of V8's flags that are off while a grammar is compiled. `--liftoff-only` would say it in one, but only before V8 starts. */
const OPTIMISING = ["wasm-tier-up", "wasm-dynamic-tiering", "wasm-lazy-compilation"];

/**
 * WebAssembly that V8 may optimise once it has run for a while. For the runtime of the parser: what is optimised there
 * parses and queries in two thirds of the time, and takes no memory to speak of.
 */
export function compiled(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  return inTurn(() => new WebAssembly.Module(bytes));
}

/**
 * WebAssembly that stays as V8's baseline compiler makes it, for good. For grammars: the lexer of a grammar is one giant
 * function, and its optimising compilation takes 600 MB and a second of a core, or ends the process for lack of compiler
 * memory (https://github.com/colbymchenry/codegraph/issues/298); the baseline code parses a command line in 0.02 ms.
 */
export function compiledInBaseline(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  // The flags belong to the process, so that other threads must not compile meanwhile.
  return inTurn(() => {
    setOptimising(false);
    try {
      return new WebAssembly.Module(bytes);
    } finally {
      setOptimising(true);
    }
  });
}

function setOptimising(isOn: boolean): void {
  for (const it of OPTIMISING) setFlagsFromString(`--${isOn ? "" : "no-"}${it}`);
}
