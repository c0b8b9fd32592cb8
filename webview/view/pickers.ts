import { MODES } from "../../src/agent/events.ts";
import { EFFORTS } from "../../src/model/conversation.ts";
import { modelWords } from "../../src/model/model-words.ts";
import { type Choice, picker } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, type Part, show } from "../dom.ts";
import { MODE_NAMES } from "../format.ts";
import type { Panel } from "../panel.ts";

const EFFORT_NAMES = { low: "Low", medium: "Medium", high: "High", xhigh: "Very high", max: "Maximum" };

/** Model, mode and effort of the session. */
export function pickers(
  desk: Desk,
): Part<Panel> & { readonly focus: (name: "model" | "mode" | "effort") => void } {
  const mode = picker("Mode", (value) => {
    const chosen = MODES.find((it) => it === value);
    if (chosen) desk.command({ type: "configure", mode: chosen });
  });
  const model = picker("Model", (value) => desk.command({ type: "configure", model: value }));
  const effort = picker("Effort", (value) => {
    const chosen = EFFORTS.find((it) => it === value);
    if (chosen) desk.command({ type: "configure", effort: chosen });
  });
  const element = h("div", { class: "pickers" }, mode.element, model.element, effort.element);
  const parts = { model, mode, effort };
  return {
    element,
    focus: (name) => parts[name].element.focus(),
    update(panel) {
      const { session, models } = panel;
      mode.update({ value: session.mode, choices: modeChoices(panel) });
      model.update({ value: session.model, choices: modelChoices(panel) });
      const efforts = models.find((it) => it.id === session.model)?.efforts ?? [];
      show(effort.element, efforts.length > 0);
      const named = efforts.map((it) => ({ value: it, label: EFFORT_NAMES[it] }));
      effort.update({
        value: session.effort ?? "",
        choices: session.effort ? named : [{ value: "", label: "Effort" }, ...named],
      });
      element.classList.toggle("bypassing", session.mode === "bypassPermissions");
    },
  };
}

function modeChoices({ session, bypassAllowed }: Panel): readonly Choice[] {
  return MODES.filter((it) => it !== "bypassPermissions" || bypassAllowed || session.mode === it).map(
    (it) => ({
      value: it,
      label: MODE_NAMES[it].name,
      hint: MODE_NAMES[it].meaning,
    }),
  );
}

/** A session may have a model that is not in the list any more; it stays shown. */
function modelChoices({ session, models, health }: Panel): readonly Choice[] {
  const known = models.map((it) => ({
    value: it.id,
    label: it.name,
    hint: it.id,
    detail: modelWords(it),
    ...(it.provider !== undefined && { group: headingOf(it.provider, health[it.provider]) }),
  }));
  if (session.model === "" || known.some((it) => it.value === session.model)) return known;
  return [{ value: session.model, label: session.model }, ...known];
}

function headingOf(provider: string, health: string | undefined): string {
  return health === undefined ? provider : `${provider}: ${health}`;
}
