import { button } from "../controls.ts";
import { h, type Part, setText, show } from "../dom.ts";
import type { Post } from "./providers.ts";

/** Whether the gateway runs, and how other programs come to it. */
export function gatewayView(post: Post): Part<string | undefined> {
  const words = h("p", { role: "status" });
  const start = button({
    name: "Start gateway",
    look: "primary",
    onClick: () => post({ type: "startGateway" }),
  });
  const stop = button({ name: "Stop gateway", onClick: () => post({ type: "stopGateway" }) });
  const copy = button({ name: "Copy key", icon: "copy", onClick: () => post({ type: "copyGatewayKey" }) });
  const example = h("code", {});
  const how = h("p", { class: "faint" }, "For Claude Code: ", example);
  return {
    element: h("div", { class: "gateway" }, words, how, h("div", { class: "actions" }, start, stop, copy)),
    update(address) {
      const runs = address !== undefined;
      setText(
        words,
        runs
          ? `It listens on ${address} while this window is open.`
          : "It does not run. Other programs on this machine could use these models, with the same routing and budgets.",
      );
      setText(example, `ANTHROPIC_BASE_URL=${address ?? ""} ANTHROPIC_AUTH_TOKEN=… claude`);
      show(how, runs);
      show(start, !runs);
      show(stop, runs);
      show(copy, runs);
    },
  };
}
