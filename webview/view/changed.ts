import type { ChangedPath } from "../../src/agent/session.ts";
import { visible } from "../../src/text/visible.ts";
import { button } from "../controls.ts";
import type { Desk } from "../desk.ts";
import { h, keyed, type Part, setAttribute, setText, show } from "../dom.ts";
import { shortPath, splitPath } from "../format.ts";
import { icon } from "../icons.ts";

/** Files changed and not yet looked at: to be reviewed, kept or undone, each or all. */
export function changedFiles(desk: Desk): Part<readonly ChangedPath[]> {
  const count = h("span", {});
  const list = h("ul", { class: "changed-list" });
  const element = h(
    "section",
    { class: "changed dock-part", "aria-label": "Changed files", hidden: true },
    h(
      "div",
      { class: "dock-title" },
      icon("diff"),
      count,
      h(
        "span",
        { class: "dock-actions" },
        button({ name: "Review", onClick: () => desk.post({ type: "reviewAll" }) }),
        button({ name: "Keep all", onClick: () => desk.command({ type: "keep" }) }),
        button({ name: "Undo all", onClick: () => desk.command({ type: "undo" }) }),
      ),
    ),
    list,
  );
  const set = keyed<ChangedPath>(
    list,
    (it) => it.path,
    () => changedItem(desk),
  );
  return {
    element,
    update(changed) {
      show(element, changed.length > 0);
      setText(count, `${changed.length} changed file${changed.length === 1 ? "" : "s"}`);
      set(changed);
    },
  };
}

function changedItem(desk: Desk): Part<ChangedPath> {
  let path = "";
  const name = h("span", { class: "path-name" });
  const folder = h("span", { class: "path-folder" });
  const sort = h("span", { class: "change" });
  const element = h(
    "li",
    { class: "changed-item" },
    h(
      "button",
      { type: "button", class: "path-link", on: { click: () => desk.post({ type: "review", path }) } },
      icon("file"),
      name,
      folder,
    ),
    sort,
    button({
      name: "Keep",
      look: "icon",
      icon: "check",
      onClick: () => desk.command({ type: "keep", paths: [path] }),
    }),
    button({
      name: "Undo",
      look: "icon",
      icon: "discard",
      onClick: () => desk.command({ type: "undo", paths: [path] }),
    }),
  );
  return {
    element,
    update(changed) {
      path = changed.path;
      const short = splitPath(shortPath(path, desk.folder()));
      setText(name, visible(short.name));
      setText(folder, visible(short.folder.replace(/[\\/]$/, "")));
      setText(sort, changed.before === undefined ? "new" : changed.after === undefined ? "deleted" : "");
      setAttribute(element, "title", visible(path));
      setAttribute(element, "aria-label", visible(short.folder + short.name));
    },
  };
}
