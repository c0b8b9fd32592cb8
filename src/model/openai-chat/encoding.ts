import type { ToolNames } from "../tool-names.ts";
import { fittingId } from "../tool-names.ts";
import type { ChatOptions } from "./options.ts";

/** What every part of a request's encoding needs. */
export interface Encoding {
  readonly options: ChatOptions;
  /** The model's id at the vendor. */
  readonly model: string;
  readonly names: ToolNames;
  /** Notes that the member at this path is left out. */
  readonly drop: (path: string) => void;
}

/** Id of a call as it is sent: some models read their own ids, so only what is too long is replaced. */
export function sentId(id: string, { options }: Encoding): string {
  return id.length <= options.toolIdLimit ? id : fittingId(id, options.toolIdLimit);
}
