import { modelWords } from "../../src/model/model-words.ts";
import type { ModelsShown, RouteShown } from "../../src/model/models-screen.ts";
import type { ModelInfo } from "../../src/model/provider.ts";
import type { Target } from "../../src/model/routing/configuration.ts";
import { button, type Choice, select } from "../controls.ts";
import { h, keyed, type Part, setText, show } from "../dom.ts";
import type { Post } from "./providers.ts";

/** What a row of the table shows. */
interface Row {
  readonly route: RouteShown;
  readonly choices: readonly Choice[];
}

/** Which model is asked for what: a table whose rows are the categories. */
export function routingView(post: Post): Part<ModelsShown> {
  const rows = h("tbody", {});
  const set = keyed<Row>(
    rows,
    (it) => it.route.category,
    () => routeRow(post),
  );
  const head = ["Category", "Model", "When it does not answer"].map((it) => h("th", { scope: "col" }, it));
  const element = h("table", { class: "routes" }, h("thead", {}, h("tr", {}, ...head)), rows);
  return {
    element,
    update(shown) {
      const choices = choicesOf(shown.models);
      set(shown.routes.map((route) => ({ route, choices })));
    },
  };
}

/** Models with the provider that has each. */
export function targetsOf(models: readonly ModelInfo[]): readonly Target[] {
  return models.flatMap((it) => targetAt(it) ?? []);
}

function targetAt({ provider, id }: ModelInfo): Target | undefined {
  if (provider === undefined) return undefined;
  return { provider, model: id.startsWith(`${provider}/`) ? id.slice(provider.length + 1) : id };
}

function choicesOf(models: readonly ModelInfo[]): readonly Choice[] {
  return models.flatMap((it) => {
    const target = targetAt(it);
    if (target === undefined) return [];
    return [{ value: textOf(target), label: `${it.name}: ${modelWords(it)}`, group: target.provider }];
  });
}

function routeRow(post: Post): Part<Row> {
  let route: RouteShown | undefined;
  const parts = rowParts(() => send(targets()));
  const targets = () => route?.targets ?? [];
  let lists: ReturnType<typeof selects> | undefined;
  return { element: parts.element, update };

  function update(next: Row): void {
    route = next.route;
    const [first, ...rest] = route.targets;
    lists ??= listsIn(route.category);
    parts.tell(route);
    lists.model.update(withOther(first, next.choices));
    lists.fallback.update({
      value: "",
      choices: [{ value: "", label: "Add a fallback …" }, ...next.choices],
    });
    show(lists.fallback.element, first !== undefined);
    parts.fallbacks.replaceChildren(...rest.map((it, index) => fallbackItem(it, () => removeAt(index + 1))));
  }

  function listsIn(category: string): ReturnType<typeof selects> {
    const made = selects(category, choose, addFallback);
    parts.first.append(made.model.element);
    parts.next.append(parts.fallbacks, made.fallback.element);
    return made;
  }

  function choose(value: string): void {
    const first = targetOf(value);
    send(first === undefined ? [] : [first, ...targets().slice(1)]);
  }

  function addFallback(value: string): void {
    const added = targetOf(value);
    if (added) send([...targets(), added]);
  }

  function removeAt(index: number): void {
    send(targets().filter((_, at) => at !== index));
    lists?.fallback.element.focus();
  }

  function send(next: readonly Target[]): void {
    if (route) post({ type: "setRoute", category: route.category, targets: next, ...parts.limit() });
  }
}

/** Tokens from which a context is long when the settings do not say. */
const LONG_CONTEXT = 200_000;

/** What a row consists of; `onLimit` is called when its threshold is another one. */
function rowParts(onLimit: () => void) {
  const name = h("strong", {});
  const about = h("span", { class: "faint about" });
  const threshold = h("input", { class: "own threshold", type: "number", min: "1", step: "1000" });
  threshold.addEventListener("change", onLimit);
  const label = h("label", { class: "faint" }, "Threshold ", threshold, " tokens");
  const [first, next] = [h("td", {}), h("td", {})];
  return {
    element: h("tr", {}, h("th", { scope: "row" }, name, about, label), first, next),
    first,
    next,
    fallbacks: h("ul", { class: "fallbacks" }),
    limit: () =>
      label.hidden || !(Number(threshold.value) > 0) ? {} : { threshold: Number(threshold.value) },
    tell(route: RouteShown): void {
      setText(name, route.category);
      setText(about, route.about);
      show(label, route.category === "longcontext" && route.targets.length > 0);
      if (document.activeElement !== threshold) threshold.value = String(route.threshold ?? LONG_CONTEXT);
    },
  };
}

function selects(category: string, choose: (value: string) => void, addFallback: (value: string) => void) {
  return {
    model: select(`Model for ${category}`, choose),
    fallback: select(`Fallback for ${category}`, addFallback),
  };
}

function fallbackItem(target: Target, remove: () => void): HTMLElement {
  const text = textOf(target);
  return h(
    "li",
    {},
    h("span", {}, text),
    button({ name: `Remove fallback ${text}`, look: "icon", icon: "close", onClick: remove }),
  );
}

/** A target that no list has stays chosen. */
function withOther(target: Target | undefined, choices: readonly Choice[]) {
  const value = target === undefined ? "" : textOf(target);
  const isKnown = value === "" || choices.some((it) => it.value === value);
  const other = isKnown ? [] : [{ value, label: value }];
  return { value, choices: [{ value: "", label: "Not set" }, ...other, ...choices] };
}

/** A target as people write it. */
export function textOf({ provider, model }: Target): string {
  return `${provider}/${model}`;
}

/** Names of providers have no slash, those of models may. */
function targetOf(value: string): Target | undefined {
  const slash = value.indexOf("/");
  return slash === -1 ? undefined : { provider: value.slice(0, slash), model: value.slice(slash + 1) };
}
