import { useProxies } from "../node/proxies.ts";

/** Prepares this process for whatever command it runs: what it asks of the network goes the way its environment wants. */
export function prepareProcess(env: NodeJS.ProcessEnv): void {
  useProxies(env);
}
