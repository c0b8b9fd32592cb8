import { quietOptions } from "../anthropic/ask.ts";
import { claudeElsewhere } from "../anthropic/elsewhere.ts";
import type { ProviderSetup, ProviderType } from "../provider.ts";
import { textOf } from "../record.ts";

/**
 * Claude on Amazon Bedrock (https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock), through the
 * vendor's client, which is loaded with the first request. Its key is a Bedrock API key; without one the credentials of
 * AWS are taken as its own tools take them. Options: `region`, `profile`.
 */
export const bedrock: ProviderType = claudeElsewhere({
  type: "bedrock",
  idOf: (model) => (model.includes(".") ? model : `anthropic.${model}`),
  connect,
});

async function connect(
  { baseUrl, options = {} }: ProviderSetup,
  key: string | undefined,
  send: typeof fetch,
) {
  const { AnthropicBedrockMantle } = await import("@anthropic-ai/bedrock-sdk");
  const [region, profile] = [textOf(options["region"]), textOf(options["profile"])];
  return new AnthropicBedrockMantle({
    ...quietOptions(send),
    ...(baseUrl !== undefined && { baseURL: baseUrl }),
    ...(key !== undefined && { apiKey: key }),
    ...(region !== undefined && { awsRegion: region }),
    ...(profile !== undefined && { awsProfile: profile }),
  });
}
