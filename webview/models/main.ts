import type { FromModelsPage, ToModelsPage } from "../../src/model/models-screen.ts";
import { announcer } from "../announcer.ts";
import { registerControls } from "../controls.ts";
import { h, setText, show } from "../dom.ts";
import { connectTo } from "../host.ts";
import { addProvider } from "./add-provider.ts";
import { gatewayView } from "./gateway.ts";
import { providersView } from "./providers.ts";
import { routingSection } from "./routing-section.ts";
import { usageView } from "./usage.ts";

registerControls();
open();

/** The door of the page for models: what the host tells is shown, what the person wants is sent. */
function open(): void {
  const known = new Set<ToModelsPage["type"]>(["shown", "usage", "tried", "said", "rulesSet", "decided"]);
  const host = connectTo<FromModelsPage, ToModelsPage>(known);
  const voice = announcer();
  const said = h("p", { class: "said", role: "status", hidden: true });
  const problems = h("ul", { class: "problems", "aria-label": "Problems in the settings", hidden: true });
  const providers = providersView(host.post);
  const adding = addProvider(host.post);
  const routing = routingSection(host.post, voice.announce);
  const usage = usageView(host.post);
  const gateway = gatewayView(host.post);
  const sections = [
    section("Providers", providers.element, adding.element),
    section("Routing", routing.element),
    section("Usage", usage.element),
    section("Gateway", gateway.element),
  ];
  const title = h("h1", {}, "Models and Keys");
  document.body.append(h("main", { class: "models" }, title, said, problems, ...sections), voice.element);
  host.listen(take);
  host.post({ type: "ready" });

  function take(message: ToModelsPage): void {
    switch (message.type) {
      case "shown": {
        const { shown } = message;
        providers.update(shown.providers);
        adding.update(shown.types);
        routing.update(shown);
        gateway.update(shown.gateway);
        problems.replaceChildren(...shown.problems.map((it) => h("li", {}, it)));
        return show(problems, shown.problems.length > 0);
      }
      case "usage":
        return usage.update(message.usage);
      case "tried":
        providers.tried(message);
        return voice.announce(message.words);
      case "rulesSet":
        return routing.rulesSet();
      case "decided":
        return routing.decided(message.decision);
      case "said":
        setText(said, message.sentence);
        return show(said, true);
    }
  }
}

function section(name: string, ...children: readonly HTMLElement[]): HTMLElement {
  return h("section", { "aria-label": name }, h("h2", {}, name), ...children);
}
