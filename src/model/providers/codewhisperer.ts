import { codewhispererAddress, codewhispererWire } from "../codewhisperer/wire.ts";
import { openWired } from "../open-wired.ts";
import type { ProviderType, Wired } from "../provider.ts";

const wired: Wired = {
  wire: codewhispererWire,
  address: codewhispererAddress("us-east-1"),
  keysIn: [],
};
const known = { models: [], infoOf: () => undefined };

/**
 * Amazon's CodeWhisperer, as Q Developer and Kiro use it. Its keys are logins: files of the AWS SSO token cache, which
 * are renewed before they expire. It is there only when the settings name it.
 */
export const codewhisperer: ProviderType = {
  type: "codewhisperer",
  claims: () => false,
  infoOf: known.infoOf,
  open: (setup) => openWired("codewhisperer", wired, known, setup),
  wired,
};
