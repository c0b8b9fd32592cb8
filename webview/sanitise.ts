import DOMPurify, { type Config } from "dompurify";

const MARKDOWN = {
  ALLOWED_TAGS: [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
  ],
  ALLOWED_ATTR: ["align", "class", "data-language", "data-line", "data-path", "href", "start", "title"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|#$)/i,
  // Attributes that hold no address; every other one must match the expression above.
  ADD_URI_SAFE_ATTR: ["align", "class", "data-language", "data-line", "data-path", "start"],
  RETURN_DOM_FRAGMENT: true as const,
};

const CODE = {
  ALLOWED_TAGS: ["span"],
  ALLOWED_ATTR: ["class"],
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

/** Rendered Markdown as nodes, with nothing in it that could run, load or restyle; the second wall behind `htmlOf`. */
export const sanitised = purifier(MARKDOWN);

/** Highlighted code as nodes: text and classed spans only. */
export const sanitisedCode = purifier(CODE);

/** One for each list: given with every call, a list would be read anew every time. */
function purifier(list: Config & { readonly RETURN_DOM_FRAGMENT: true }): (html: string) => DocumentFragment {
  const purify = DOMPurify(window);
  purify.setConfig(list);
  return (html) => purify.sanitize(html, { RETURN_DOM_FRAGMENT: true });
}
