import type { FromModelsPage, KeyShown, ProviderShown, ToModelsPage } from "../../src/model/models-screen.ts";
import { button, enable } from "../controls.ts";
import { h, keyed, type Part, setAttribute, setText, show } from "../dom.ts";

/** Sends a wish of the person. */
export type Post = (message: FromModelsPage) => void;
type TriedKey = Extract<ToModelsPage, { readonly type: "tried" }>;

/** The providers, each with its keys. */
export function providersView(
  post: Post,
): Part<readonly ProviderShown[]> & { readonly tried: (result: TriedKey) => void } {
  const results = new Map<string, TriedKey>();
  const element = h("ul", { class: "providers", "aria-label": "Providers" });
  let last: readonly ProviderShown[] = [];
  const set = keyed<ProviderShown>(
    element,
    (it) => it.name,
    () => providerCard(post, results),
  );
  const update = (providers: readonly ProviderShown[]) => {
    last = providers;
    set(providers);
  };
  return {
    element,
    update,
    tried(result) {
      results.set(result.key, result);
      update(last);
    },
  };
}

function providerCard(post: Post, results: Map<string, TriedKey>): Part<ProviderShown> {
  let shown: ProviderShown | undefined;
  const name = h("h3", {});
  const about = h("p", { class: "faint" });
  const keys = h("ul", { class: "keys" });
  const setKeys = keyed<KeyShown>(
    keys,
    (it) => it.id,
    () => keyRow(post, results),
  );
  const addKey = button({
    name: "Add key",
    icon: "add",
    onClick: () => shown && post({ type: "addKey", provider: shown.name }),
  });
  const remove = button({
    name: "Remove provider",
    icon: "trash",
    onClick: () => shown && post({ type: "removeProvider", provider: shown.name }),
  });
  const actions = h("div", { class: "actions" }, addKey, remove);
  const element = h("li", { class: "provider" }, name, about, keys, actions);
  return {
    element,
    update(next) {
      shown = next;
      setText(name, next.name);
      setText(about, aboutOf(next));
      setAttribute(keys, "aria-label", `Keys of ${next.name}`);
      setKeys(next.keys);
      show(keys, next.keys.length > 0);
      show(addKey, next.keys.length > 0);
      show(remove, next.isOurs);
      show(actions, next.isOurs || next.keys.length > 0);
    },
  };
}

function aboutOf({ type, name, address, models }: ProviderShown): string {
  const count = `${models} model${models === 1 ? "" : "s"}`;
  return [type === name ? "" : type, address, count].filter((it) => it !== "").join(" · ");
}

const STATES = { healthy: "●", cooling: "◐", disabled: "○", missing: "–" } as const;

function keyRow(post: Post, results: Map<string, TriedKey>): Part<KeyShown> {
  let shown: KeyShown | undefined;
  const send = (type: "tryKey" | "setKey" | "removeKey") => () => shown && post({ type, key: shown.id });
  const dot = h("span", { class: "state", "aria-hidden": "true" });
  const label = h("span", { class: "key-label" });
  const words = h("span", { class: "faint" });
  const result = h("p", { class: "tried", hidden: true });
  const test = button({
    name: "Test",
    onClick() {
      if (!shown) return;
      results.delete(shown.id);
      setText(result, "Asking …");
      show(result, true);
      result.className = "tried faint";
      post({ type: "tryKey", key: shown.id });
    },
  });
  const set = button({ name: "Set key", onClick: send("setKey") });
  const remove = button({ name: "Remove", onClick: send("removeKey") });
  const group = h(
    "div",
    { class: "key", role: "group" },
    h("span", { class: "key-about" }, dot, label, words),
    h("span", { class: "actions" }, test, set, remove),
    result,
  );
  return {
    element: h("li", {}, group),
    update(next) {
      shown = next;
      setText(dot, STATES[next.state]);
      dot.className = `state ${next.state}`;
      setText(label, next.label);
      setText(words, next.words);
      setAttribute(group, "aria-label", `Key ${next.label} of ${next.id.split("#")[0]}`);
      enable(test, next.state !== "missing");
      show(set, next.maySet);
      show(remove, next.mayRemove);
      paintResult(results.get(next.id));
    },
  };

  function paintResult(tried: TriedKey | undefined): void {
    if (!tried) return;
    setText(result, tried.words);
    result.className = `tried ${tried.isGood ? "good" : "bad"}`;
    show(result, true);
  }
}
