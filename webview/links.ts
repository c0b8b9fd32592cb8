import type { Desk } from "./desk.ts";

/** Makes links lead to the host, which asks before it opens anything; the page itself never goes anywhere. */
export function openLinks(root: HTMLElement, desk: Desk): void {
  for (const type of ["click", "auxclick"] as const) {
    root.addEventListener(type, (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link) return;
      event.preventDefault();
      // The editor's own listener would open it a second time.
      event.stopPropagation();
      if (type === "click") follow(link, desk);
    });
  }
  root.addEventListener("dragstart", (event) => {
    if (event.target instanceof HTMLAnchorElement) event.preventDefault();
  });
}

function follow(link: HTMLAnchorElement, desk: Desk): void {
  const { path, line } = link.dataset;
  if (path === undefined) {
    desk.post({ type: "openLink", url: link.href });
    return;
  }
  const folder = desk.folder();
  const whole = folder === "" ? path : `${folder}/${path}`;
  desk.post({ type: "openFile", path: whole, ...(line && { line: Number(line) }) });
}
