import { Marked, type RendererObject, type Token } from "marked";
import { visible } from "../src/text/visible.ts";

/** What a link of the model leads to. "none": it is shown as text with its target, and leads nowhere. */
export type Target =
  | { readonly kind: "web"; readonly url: string }
  | { readonly kind: "file"; readonly path: string; readonly line: number | undefined }
  | { readonly kind: "none" };

/** Only web and mail addresses and files below the working folder can be followed. */
export function targetOf(href: string): Target {
  if (href === "" || /[\s\u0000-\u001f\\]/.test(href) || visible(href) !== href) return { kind: "none" };
  if (/^(https?:\/\/|mailto:)/i.test(href))
    return URL.canParse(href) ? { kind: "web", url: new URL(href).href } : { kind: "none" };
  const [, path, line] = /^(?:\.\/)?([^:?#]+?)(?::(\d+)(?::\d+)?|#L(\d+)(?:-L?\d+)?)?$/.exec(href) ?? [];
  if (path === undefined || path.startsWith("/") || path.split("/").includes("..")) return { kind: "none" };
  return { kind: "file", path, line: line === undefined ? undefined : Number(line) };
}

/** HTML of one block of Markdown: raw HTML stays text, pictures become links, links only lead where `targetOf` says. */
export function htmlOf(token: Token): string {
  return marked.parser([token]);
}

const renderer: RendererObject = {
  html({ text, block }) {
    const shown = escaped(visible(text.trimEnd()));
    return block ? `<p class="raw">${shown}</p>` : shown;
  },
  image({ href, text }) {
    return linked(href, `Image: ${escaped(visible(text || href))}`, text);
  },
  link({ href, tokens, text }) {
    return linked(href, this.parser.parseInline(tokens), text);
  },
  code({ text, lang }) {
    const language = /^[\w+#.-]+/.exec(lang ?? "")?.[0] ?? "";
    return `<pre><code data-language="${escaped(language)}">${escaped(visible(text))}</code></pre>`;
  },
  codespan({ text }) {
    return `<code>${escaped(visible(text))}</code>`;
  },
  heading({ tokens, depth }) {
    const level = Math.min(6, depth + 2);
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
  },
  checkbox({ checked }) {
    return checked ? "☑ " : "☐ ";
  },
  text(token) {
    if ("tokens" in token && token.tokens) return this.parser.parseInline(token.tokens);
    return "escaped" in token && token.escaped ? visible(token.text) : escaped(visible(token.text));
  },
};

const marked = new Marked({ gfm: true, renderer });

function linked(href: string, label: string, text: string): string {
  const target = targetOf(href);
  switch (target.kind) {
    case "web":
      return `<a href="${escaped(target.url)}" title="${escaped(target.url)}">${label}</a>${disclosed(target.url, text)}`;
    case "file":
      return `<a href="#" title="${escaped(href)}" data-path="${escaped(target.path)}" data-line="${target.line ?? ""}">${label}</a>`;
    case "none":
      return `${label} <span class="target">(${escaped(visible(href))})</span>`;
  }
}

/** A label that looks like an address is followed by the real host when that is another one. */
function disclosed(url: string, label: string): string {
  const { host } = new URL(url);
  const [claimed] = /[a-z0-9-]+(\.[a-z0-9-]+)+/i.exec(label) ?? [];
  if (claimed === undefined || host === "" || claimed.toLowerCase() === host.replace(/:\d+$/, "")) return "";
  return ` <span class="target">(${escaped(host)})</span>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
