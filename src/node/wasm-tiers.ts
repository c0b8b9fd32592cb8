import { setFlagsFromString } from "node:v8";

/**
 * Names of V8's flags that are off while WebAssembly is compiled. The lexer of a grammar is one giant function: its
 * optimising compilation takes 600 MB and a second of a core, or ends the process for lack of compiler memory
 * (https://github.com/colbymchenry/codegraph/issues/298); the baseline code parses a command line in 0.02 ms.
 * `--liftoff-only` would say it in one, but only before V8 starts.
 */
const OPTIMISING = ["wasm-tier-up", "wasm-dynamic-tiering", "wasm-lazy-compilation"];

/** Whether V8 optimises WebAssembly that is compiled from now on, in all threads: the flags belong to the process. */
export function optimiseWasm(isOn: boolean): void {
  for (const it of OPTIMISING) setFlagsFromString(`--${isOn ? "" : "no-"}${it}`);
}

/** Runs `compile` with the optimising compiler switched off; what it compiles stays without for good. */
export async function inBaseline<T>(compile: () => Promise<T>): Promise<T> {
  optimiseWasm(false);
  try {
    return await compile();
  } finally {
    optimiseWasm(true);
  }
}

/** The same, and it stays off: for one of several threads that compile at the same time, of which another one ends that. */
export function withoutOptimising<T>(compile: () => Promise<T>): Promise<T> {
  optimiseWasm(false);
  return compile();
}
