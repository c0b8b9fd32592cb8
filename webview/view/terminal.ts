import type { Display } from "../../src/agent/display.ts";
import { visible, visibleCommand } from "../../src/text/visible.ts";
import { h } from "../dom.ts";
import { plainChunks } from "./code.ts";

/** A command and what it printed. */
export function terminalDisplay({
  command,
  folder,
  output,
  exitCode,
}: Extract<Display, { kind: "terminal" }>): HTMLElement {
  return h(
    "div",
    { class: "terminal" },
    h("div", { class: "terminal-folder", title: visible(folder) }, visible(folder)),
    h(
      "pre",
      { class: "command" },
      h("span", { class: "dollar", "aria-hidden": "true" }, "$ "),
      visibleCommand(command),
    ),
    output !== "" &&
      h(
        "pre",
        { class: "output", tabindex: "0", role: "region", "aria-label": "Output" },
        ...plainChunks(visible(output)).map((it) => h("span", { class: "chunk" }, it)),
      ),
    exitCode !== undefined && exitCode !== 0 && h("div", { class: "exit-code" }, `Exit code ${exitCode}`),
  );
}
