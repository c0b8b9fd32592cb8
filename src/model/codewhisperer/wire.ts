import { undescribed } from "../anthropic-models.ts";
import type { ModelInfo } from "../provider.ts";
import { countOf, recordOf, textOf } from "../record.ts";
import { Unreadable, type Wire } from "../wire.ts";
import { codewhispererDecoder } from "./decoder.ts";
import { encodeCodewhisperer } from "./encode.ts";
import { codewhispererRefusal } from "./failure.ts";

/**
 * Amazon Q Developer and Kiro by the service CodeWhisperer (types of the package
 * `@aws/codewhisperer-streaming-client`). Its answers are always event streams.
 */
export const codewhispererWire: Wire = {
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  encode: encodeCodewhisperer,
  answer() {
    throw new Unreadable({ kind: "server", message: "CodeWhisperer answered without a stream." });
  },
  decoder: codewhispererDecoder,
  alwaysStreams: true,
  failure: codewhispererRefusal,
  list: { path: "/ListAvailableModels?origin=AI_EDITOR", read: modelsIn },
};

/** The service's address in a region of AWS, for keys of which only the region is known. */
export function codewhispererAddress(region: string): string {
  return `https://q.${region}.amazonaws.com`;
}

function modelsIn(body: unknown): readonly ModelInfo[] {
  const { models } = recordOf(body);
  return (Array.isArray(models) ? models : []).flatMap((value) => {
    const it = recordOf(value);
    const id = textOf(it.modelId);
    if (id === undefined) return [];
    const limits = recordOf(it.tokenLimits);
    const { info } = undescribed(id);
    return {
      ...info,
      name: textOf(it.modelName) ?? id,
      contextWindow: countOf(limits.maxInputTokens) ?? info.contextWindow,
      maxOutput: countOf(limits.maxOutputTokens) ?? info.maxOutput,
    };
  });
}
