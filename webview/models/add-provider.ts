import type { TypeShown } from "../../src/model/models-screen.ts";
import { button, checkbox, enable, select, textField } from "../controls.ts";
import { h, type Part, setText } from "../dom.ts";
import type { Post } from "./providers.ts";

/** The form for one more provider; its key is asked for by the editor, behind it. */
export function addProvider(post: Post): Part<readonly TypeShown[]> {
  let types: readonly TypeShown[] = [];
  let type = "anthropic";
  let hasKey = true;
  const hint = h("p", { class: "faint" });
  const name = textField("Name", ready);
  const address = textField("Address", () => undefined);
  const kind = select("Type", (value) => {
    type = value;
    paint();
  });
  const add = button({ name: "Add provider", look: "primary", onClick: send });
  const needsKey = checkbox("It has a key of its own", hasKey, (checked) => {
    hasKey = checked;
    paint();
  });
  const element = h(
    "div",
    { class: "form", role: "group", "aria-label": "Add provider" },
    h("h3", {}, "Add provider"),
    h("div", { class: "fields" }, name, kind.element, address),
    hint,
    h("div", { class: "actions" }, needsKey, add),
  );
  ready();
  return {
    element,
    update(next) {
      types = next;
      paint();
    },
  };

  function send(): void {
    const [called, at] = [name.value.trim(), address.value.trim()];
    post({ type: "addProvider", name: called, providerType: type, address: at, hasKey });
    name.value = "";
    address.value = "";
    ready();
  }

  function ready(): void {
    enable(add, name.value.trim() !== "");
  }

  function paint(): void {
    kind.update({ value: type, choices: types.map((it) => ({ value: it.type, label: it.name })) });
    setText(hint, hintOf(types.find((it) => it.type === type)?.address ?? "", type, hasKey));
  }
}

function hintOf(address: string, type: string, hasKey: boolean): string {
  if (address === "") return "It needs no address and no key.";
  const key = hasKey
    ? "The key is asked for next and kept in the editor's secret storage."
    : `It gets the own key of "${type}", where there is one.`;
  return `Without an address it is ${address}. ${key}`;
}
