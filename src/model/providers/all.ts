import type { ProviderType } from "../provider.ts";
import { anthropic } from "./anthropic.ts";
import { offline } from "./offline.ts";

/** Every way to reach models, in the order in which they are asked whether a model is theirs. */
export const providerTypes: readonly ProviderType[] = [anthropic, offline];
