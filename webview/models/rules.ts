import type { ModelsShown, RulesShown } from "../../src/model/models-screen.ts";
import { button, enable, focusOn } from "../controls.ts";
import { arrange, h, type Part, setText, show } from "../dom.ts";
import type { Post } from "./providers.ts";
import { targetsOf } from "./routing.ts";
import { ruleForm } from "./rule-form.ts";
import { type RuleAction, type RuleRow, ruleRow } from "./rule-row.ts";

/** The list of rules. */
export interface RulesView extends Part<ModelsShown> {
  /** A change that was sent is done, or could not be. */
  readonly done: () => void;
}

/** The list, as it is now. */
interface List {
  readonly post: Post;
  readonly announce: (text: string) => void;
  readonly parts: ReturnType<typeof listParts>;
  readonly rows: RuleRow[];
  told: ModelsShown | undefined;
  items: readonly unknown[];
  /** Changes on their way: what the host tells until they are done is older than what is shown. */
  underway: number;
  /** The rule that is edited, by its index; `undefined`: a new one. */
  form: { readonly at: number | undefined; readonly element: HTMLElement } | undefined;
}

/** The rules in their order, each to be changed, moved or removed, and one more to be added. `announce` is heard and not seen. */
export function rulesView(post: Post, announce: (text: string) => void): RulesView {
  const parts = listParts(
    () => edit(list, undefined),
    () => post({ type: "openSettings" }),
  );
  const none = { rows: [], told: undefined, items: [], underway: 0, form: undefined };
  const list: List = { post, announce, parts, ...none };
  const settle = () => {
    if (list.underway === 0 && list.told) list.items = list.told.rules.items;
    paint(list);
  };
  return {
    element: parts.element,
    update(shown) {
      list.told = shown;
      settle();
    },
    done() {
      list.underway--;
      settle();
    },
  };
}

function listParts(addOne: () => void, openSettings: () => void) {
  const rows = h("ol", { class: "rules", "aria-label": "Rules" });
  const about = h("p", { class: "faint" });
  /** Where the form of a new one stands. */
  const added = h("div", {});
  const add = button({ name: "Add rule", icon: "add", onClick: addOne });
  const settings = button({ name: "Open settings", onClick: openSettings });
  const actions = h("div", { class: "actions" }, add, settings);
  return {
    element: h("div", {}, h("h3", {}, "Rules"), about, rows, added, actions),
    rows,
    about,
    added,
    add,
  };
}

const NONE: RulesShown = { items: [], isOurs: true, categories: [], providers: [] };

function paint(list: List): void {
  const { parts, rows, items, form, told } = list;
  const { categories, providers, isOurs } = told?.rules ?? NONE;
  const known = { categories: new Set(categories), providers: new Set(providers) };
  while (rows.length < items.length) rows.push(ruleRow((action, index) => act(list, action, index)));
  const shown = rows.slice(0, items.length);
  const isBusy = form !== undefined;
  for (const [index, row] of shown.entries())
    row.update({ rule: items[index], index, count: items.length, known, isBusy });
  arrange(
    parts.rows,
    shown.map((it) => it.element),
  );
  if (form) place(list, form);
  show(parts.rows, items.length > 0);
  setText(parts.about, aboutOf(items.length, isOurs));
  enable(parts.add, !isBusy);
}

function aboutOf(count: number, isOurs: boolean): string {
  if (count === 0) return "There are none. A rule goes before the table: the first that holds decides.";
  const where = isOurs
    ? ""
    : " They stand in your settings file; a change here takes them to the editor's settings, which go before it.";
  return `The first that holds decides, before the table.${where}`;
}

/** What is written stays, though its rule may be gone meanwhile. */
function place({ items, rows, parts }: List, { at, element }: NonNullable<List["form"]>): void {
  const row = at === undefined || at >= items.length ? undefined : rows[at];
  const where = row?.element ?? parts.added;
  if (element.parentElement !== where) where.append(element);
}

function act(list: List, action: RuleAction, index: number): void {
  const { items, rows, parts } = list;
  switch (action) {
    case "edit":
      return edit(list, index);
    case "remove": {
      send(list, items.toSpliced(index, 1), `Rule ${index + 1} is removed.`);
      const next = rows[Math.min(index, items.length - 2)];
      return next ? next.focus("remove") : focusOn(parts.add);
    }
    case "up":
    case "down": {
      const to = action === "up" ? index - 1 : index + 1;
      const moved = items.toSpliced(index, 1).toSpliced(to, 0, items[index]);
      send(list, moved, `It is rule ${to + 1} now.`);
      return rows[to]?.focus(action);
    }
  }
}

function send(list: List, rules: readonly unknown[], sentence: string): void {
  list.post({ type: "setRules", was: list.items, rules });
  list.underway++;
  list.items = rules;
  paint(list);
  list.announce(sentence);
}

/** Opens the form of a rule, or of a new one. */
function edit(list: List, at: number | undefined): void {
  const { told, items } = list;
  if (!told) return;
  const was = at === undefined ? undefined : items[at];
  const { element, focus } = ruleForm({
    rule: was,
    name: at === undefined ? "New rule" : `Rule ${at + 1}`,
    rules: told.rules,
    models: targetsOf(told.models),
    save: (rule) => save(list, at, was, rule),
    cancel: () => close(list, at),
  });
  list.form = { at, element };
  paint(list);
  focus();
}

function save(list: List, at: number | undefined, was: unknown, rule: unknown): string {
  if (at !== undefined && JSON.stringify(list.items[at]) !== JSON.stringify(was))
    return "The rules are others meanwhile: cancel, and look at them again.";
  close(list, at);
  if (at === undefined) send(list, [...list.items, rule], "The rule is added.");
  else send(list, list.items.with(at, rule), `Rule ${at + 1} is changed.`);
  return "";
}

function close(list: List, at: number | undefined): void {
  list.form?.element.remove();
  list.form = undefined;
  paint(list);
  const row = at === undefined || at >= list.items.length ? undefined : list.rows[at];
  if (row) row.focus("edit");
  else focusOn(list.parts.add);
}
