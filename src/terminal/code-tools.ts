import type { Environment } from "../node/environment.ts";

/** How another tool is told to get its models from the gateway. */
export interface CodeTool {
  readonly program: string;
  /** Arguments before the person's own. */
  readonly arguments: (address: string) => readonly string[];
  readonly env: (address: string, key: string) => Environment;
}

/** Variables with keys of vendors, which the tool needs no more, and those that would send it elsewhere. */
const VENDORS =
  /^(ANTHROPIC|OPENAI|GEMINI|GOOGLE|CLAUDE_CODE_USE|AWS_BEARER|OPENROUTER|CODEX)_.*(KEY|TOKEN|URL|BEDROCK|VERTEX|FOUNDRY)$/;

/** The person's environment without what leads past the gateway. */
export function environmentFor(env: Environment, own: Environment): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !VENDORS.test(entry[0]),
  );
  const added = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries([...kept, ...pastProxies(env), ...added]);
}

/** What lets a tool behind a proxy come to the gateway, which only this machine can reach. */
function pastProxies(env: Environment): readonly (readonly [string, string])[] {
  const hasProxy = Object.keys(env).some((it) => env[it] && /^(https?|all)_proxy$/i.test(it));
  const given = env["NO_PROXY"] ?? env["no_proxy"] ?? "";
  const hosts = given === "" ? GATEWAY_HOST : `${given},${GATEWAY_HOST}`;
  // Some tools read the one, some the other.
  return hasProxy ? ["NO_PROXY", "no_proxy"].map((it) => [it, hosts] as const) : [];
}

const GATEWAY_HOST = "127.0.0.1";

/** Variable in which a tool finds the gateway's key where its configuration names one. */
const KEY = "WHEELHOUSE_GATEWAY_KEY";

/**
 * The tools by name. Sources: Claude Code, "LLM gateway configuration"; Codex, "Config" (model_providers); Gemini CLI,
 * "Configuration" (environment variables); OpenCode, "Providers" (custom provider) and OPENCODE_CONFIG_CONTENT.
 */
export const CODE_TOOLS: Readonly<Record<string, CodeTool>> = {
  claude: {
    program: "claude",
    arguments: () => [],
    env: (address, key) => ({ ANTHROPIC_BASE_URL: address, ANTHROPIC_AUTH_TOKEN: key }),
  },
  codex: {
    program: "codex",
    arguments: (address) => {
      const provider = `model_providers.wheelhouse`;
      const settings = [
        `model_provider="wheelhouse"`,
        `${provider}.name="Wheelhouse"`,
        `${provider}.base_url="${address}/v1"`,
        `${provider}.env_key="${KEY}"`,
        `${provider}.wire_api="responses"`,
      ];
      return settings.flatMap((it) => ["-c", it]);
    },
    env: (_, key) => ({ [KEY]: key }),
  },
  gemini: {
    program: "gemini",
    arguments: () => [],
    env: (address, key) => ({ GOOGLE_GEMINI_BASE_URL: address, GEMINI_API_KEY: key }),
  },
  opencode: {
    program: "opencode",
    arguments: () => [],
    env: (address, key) => ({
      [KEY]: key,
      OPENCODE_CONFIG_CONTENT: JSON.stringify({
        provider: { anthropic: { options: { baseURL: `${address}/v1`, apiKey: `{env:${KEY}}` } } },
      }),
    }),
  },
};
