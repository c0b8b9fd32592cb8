import { quietOptions } from "../anthropic/ask.ts";
import { claudeElsewhere } from "../anthropic/elsewhere.ts";
import type { ProviderSetup, ProviderType } from "../provider.ts";
import { textOf } from "../record.ts";

/**
 * Claude in Microsoft Foundry (https://platform.claude.com/docs/en/build-with-claude/claude-in-microsoft-foundry), through
 * the vendor's client, which is loaded with the first request. Option: `resource`, or `baseUrl` with the whole address.
 */
export const foundry: ProviderType = claudeElsewhere({ type: "foundry", idOf: (model) => model, connect });

async function connect(
  { baseUrl, options = {} }: ProviderSetup,
  key: string | undefined,
  send: typeof fetch,
) {
  if (key === undefined) return undefined;
  const { AnthropicFoundry } = await import("@anthropic-ai/foundry-sdk");
  const resource = textOf(options["resource"]);
  return new AnthropicFoundry({
    ...quietOptions(send),
    apiKey: key,
    ...(baseUrl !== undefined ? { baseURL: baseUrl } : { resource: resource ?? null }),
  });
}
