/** Outlines on a 16 × 16 grid, drawn for this panel. */
const PATHS = {
  add: "M8 3v10M3 8h10",
  alert: "M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3",
  arrowDown: "M8 3v10M4 9l4 4 4-4",
  arrowUp: "M8 13V3M4 7l4-4 4 4",
  attach:
    "M12.5 7.5 7.6 12.4a2.8 2.8 0 0 1-4-4l5.3-5.3a1.9 1.9 0 0 1 2.7 2.7l-5.2 5.2a.9.9 0 0 1-1.3-1.3l4.7-4.7",
  check: "m3 8.5 3.2 3.2L13 4.8",
  chevron: "m6 4 4 4-4 4",
  circle: "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3",
  close: "m4 4 8 8M12 4l-8 8",
  copy: "M6 5.5h6.5v8H6zM3.5 10.5v-8H10",
  diff: "M8 2.5v6M5 5.5h6M5 12.5h6",
  discard: "M3 3v4h4M3.4 7A5 5 0 1 1 4.6 11.6",
  edit: "M3 13l.7-2.9 7-7a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7l-7 7z",
  export: "M8 10V2.5M5 5l3-2.5L11 5M3 9v4.5h10V9",
  eye: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6",
  eyeOff: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8M3 13 13 3",
  file: "M4 2.5h5L12 5.5v8H4zM9 2.5V5.5h3",
  folder: "M2 4h4.5l1.5 1.5h6v7.5H2z",
  history: "M3 3v3.5h3.5M3.3 6.4A5.2 5.2 0 1 1 2.8 8M8 5.2V8.4l2.3 1.4",
  image: "M2.5 3.5h11v9h-11zM3 11l3-3 2.5 2.5 2-2 2.5 2.5M10.5 6h.1",
  info: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 7.2v3.8M8 5v.2",
  insert: "M3 3.5h10M3 12.5h10M8 5.5v5M6 8.5l2 2 2-2",
  newFile: "M8.5 13.5H4v-11h5L12 5.5V8M9 2.5V5.5h3M11.5 10v4M9.5 12h4",
  queue: "M3 4h10M3 8h10M3 12h5M11.5 10v4M9.5 12h4",
  send: "M2.5 3 14 8 2.5 13l1.7-5zM4.2 8H9",
  stop: "M4 4h8v8H4z",
  thinking: "M5.6 11.5A4.3 4.3 0 1 1 10.4 11.5V13H5.6zM6.5 14.5h3",
  trash: "M3 4.5h10M6 4.5V3h4v1.5M4.3 4.5 5 13.5h6l.7-9M7 7v4M9 7v4",
  wheel:
    "M8 3.3a4.7 4.7 0 1 1 0 9.4 4.7 4.7 0 0 1 0-9.4M8 6.6a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8M8 1v5.6M8 9.4V15M1 8h5.6M9.4 8H15M3.1 3.1 7 7M9 9l3.9 3.9M12.9 3.1 9 7M7 9l-3.9 3.9",
} as const;

/** Name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon in the colour of the text around it, hidden from screen readers: whoever uses it gives the name. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
