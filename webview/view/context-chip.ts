import type { EditorContext } from "../../src/agent/screen.ts";
import { visible } from "../../src/text/visible.ts";
import { h, type Part, setAttribute, setText, show } from "../dom.ts";
import { icon } from "../icons.ts";
import { linesOf } from "./prompt.ts";

/** The editor's open file or selection, which goes along unless it is switched off. */
export function contextChip(): Part<EditorContext | undefined> & { readonly isOn: () => boolean } {
  const label = h("span", { class: "chip-text" });
  const eye = h("span", {});
  const element = h(
    "button",
    { type: "button", class: "chip context", "aria-pressed": "true", hidden: true, on: { click: toggle } },
    eye,
    label,
  );
  let on = true;
  let shown: EditorContext | undefined;
  paint();
  return {
    element,
    isOn: () => on && shown !== undefined,
    update(context) {
      shown = context;
      paint();
    },
  };

  function toggle(): void {
    on = !on;
    paint();
  }

  function paint(): void {
    show(element, shown !== undefined);
    const lines = shown ? linesOf(shown) : "";
    setText(label, shown ? visible(shown.label) + lines : "");
    setAttribute(element, "aria-pressed", String(on));
    setAttribute(element, "aria-label", `Send ${shown?.label ?? ""}${lines} along`);
    setAttribute(
      element,
      "title",
      on ? "Goes along with your message. Click to leave it out" : "Left out. Click to send it along",
    );
    eye.replaceChildren(icon(on ? "eye" : "eyeOff"));
  }
}
