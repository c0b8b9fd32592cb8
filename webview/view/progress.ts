import type { SessionState } from "../../src/agent/session.ts";
import { progressRing } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, setText, show } from "../dom.ts";

/** What is going on, in words; the seconds until a retry are counted for the eye only. */
export function progress(desk: Desk): Part<SessionState> {
  const words = h("span", { role: "status", class: "progress-words" });
  const countdown = h("span", { class: "countdown", "aria-hidden": "true" });
  const element = h("div", { class: "progress" }, progressRing(), words, countdown);
  let retryAt: number | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    element,
    update(session) {
      retryAt = session.status === "working" ? session.retryAt : undefined;
      setText(words, wordsOf(session));
      show(element, session.status !== "resting");
      element.classList.toggle("waiting", session.status === "waiting");
      clearInterval(timer);
      if (retryAt !== undefined) timer = setInterval(count, 1000);
      count();
    },
  };

  function count(): void {
    const left = retryAt === undefined ? 0 : Math.max(0, Math.ceil((retryAt - desk.now()) / 1000));
    setText(countdown, left > 0 ? `in ${left} s` : "");
  }
}

function wordsOf({ status, rows, retryAt, questions }: SessionState): string {
  if (status === "resting") return "";
  if (status === "waiting")
    return questions.length > 1 ? `Waiting for ${questions.length} answers` : "Waiting for your answer";
  if (retryAt !== undefined) return "Trying again";
  const last = rows.at(-1);
  if (last?.kind === "thinking" && last.open) return "Thinking";
  if (last?.kind === "text" && last.open) return "Writing";
  if (last?.kind === "call" && last.state === "running") return `Running ${last.tool}`;
  return "Working";
}
