import type { Failure } from "./failure.ts";
import { maskKeys } from "./mask.ts";

/** What is known about the call that failed. */
export interface FailedCall {
  readonly model: string;
}

/** One or two sentences for a person: what happened and what to do about it; never a credential. */
export function sentenceOf(failure: Failure, call: FailedCall): string {
  const request = failure.requestId === undefined ? "" : ` (request ${failure.requestId})`;
  return maskKeys(`${wordsOf(failure, call)}${request}`);
}

function wordsOf(failure: Failure, { model }: FailedCall): string {
  const said = failure.message.trim().replace(/[.\s]+$/, "");
  const status = failure.status === undefined ? "" : `HTTP ${failure.status}: `;
  switch (failure.kind) {
    case "no-key":
      return `There is no API key for ${model}. Set one with "Wheelhouse: Set API Key" or in ANTHROPIC_API_KEY.`;
    case "auth":
      return `The API key for ${model} was refused as wrong, revoked or expired: ${said}. Set another with "Wheelhouse: Set API Key".`;
    case "credit":
    case "spend-limit":
    case "budget":
    case "no-key-free":
      return moneyWords(failure, model, said);
    case "network":
    case "tls":
    case "proxy":
    case "redirect":
      return wayWords(failure.kind, said, status);
    case "permission":
      return `This API key may not use ${model}: ${said}. Choose another model, or ask whoever runs the workspace for access.`;
    case "rate-limit":
      return `The rate limit of ${model} was reached: ${said}. ${waitOf(failure)}`;
    case "overloaded":
      return `${model} is overloaded just now: ${said}. Try again in a while, or choose another model.`;
    case "context-full":
      return `The conversation no longer fits into the context of ${model}: ${said}. Start a new session, or choose a model with a larger context.`;
    case "too-large":
      return `The request is too large: ${said}. Leave out images or long files, or start a new session.`;
    case "thinking-mismatch":
      return `${model} refused earlier thinking in this conversation: ${said}. It can go on without it; try again.`;
    case "model-unknown":
      return `The API does not know the model "${model}": ${said}. Choose one from the model list.`;
    case "invalid":
      return `The API refused the request as invalid: ${status}${said}. This is likely a bug; a new session avoids it.`;
    case "timeout":
      return `${model} did not answer in time: ${said}. Try again.`;
    case "silent":
      return `The answer of ${model} fell silent and was ended: ${said}. Try again.`;
    case "server":
      return `The API failed: ${status}${said}. Try again in a while.`;
    case "cut":
      return `The answer of ${model} broke off: ${said}. What was said is kept and nothing of it was run; try again.`;
    case "stopped":
      return "Stopped.";
    case "unknown":
      return `The call to ${model} failed: ${status}${said}. Try again.`;
  }
}

/** What stands between here and the API. */
function wayWords(kind: "network" | "tls" | "proxy" | "redirect", said: string, status: string): string {
  switch (kind) {
    case "network":
      return `The API cannot be reached: ${said}. Check the network and, if you set one, the base URL; you may be offline.`;
    case "tls":
      return `The connection to the API is not trusted: ${said}. If a proxy inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.`;
    case "proxy":
      return `A proxy between here and the API blocked the request: ${status}${said}. Check HTTPS_PROXY and NO_PROXY, or ask for the API's host to be allowed.`;
    case "redirect":
      return `The API's address answered with a redirect, which is not followed so that the conversation goes nowhere else: ${said}. Check the base URL.`;
  }
}

/** What is used up: money, or the keys' own limits. */
function moneyWords(failure: Failure, model: string, said: string): string {
  switch (failure.kind) {
    case "credit":
      return `The account has no credit left: ${said}. Add credit under Billing at https://platform.claude.com.`;
    case "spend-limit":
      return `The spend limit of the account is reached: ${said}. Waiting does not help; raise the limit at https://platform.claude.com or use another key.`;
    case "budget":
      return `${said}. Nothing was sent. Raise the budget in the settings, or start another task.`;
    default:
      return `No key for ${model} can be asked just now: ${said}. ${waitOf(failure)}`;
  }
}

function waitOf({ retryAfterMs }: Failure): string {
  if (retryAfterMs === undefined) return "Try again in a while, or choose another model.";
  const seconds = Math.ceil(retryAfterMs / 1000);
  return `It frees up in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`}.`;
}
