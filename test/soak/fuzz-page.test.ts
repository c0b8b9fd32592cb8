import assert from "node:assert/strict";
import { join } from "node:path";
import { buildSync } from "esbuild";
import fc from "fast-check";
import { after, before, describe } from "mocha";
import type { Page } from "playwright-core";
import { type OpenBrowser, openBrowser } from "../support/chromium.ts";
import { holds } from "./figure.ts";
import { madeOf } from "./made-of.ts";

const AMOUNT = { ci: 400, soak: 300_000 };
const ORIGIN = "http://panel.test/";

/** What is asked of the page: `shown` makes nodes of a text as the panel does, from HTML that got past the first wall or from Markdown. */
interface Walls {
  readonly ofHtml: (html: string) => DocumentFragment;
  readonly ofMarkdown: (text: string) => DocumentFragment;
}

/** The two walls as one script; it has no policy of the page behind it, so what gets through would run. */
function script(): string {
  const contents = `
    import { whole } from "./blocks.ts";
    import { htmlOf } from "./markdown.ts";
    import { sanitised } from "./sanitise.ts";
    export const ofHtml = sanitised;
    export const ofMarkdown = (text) => {
      const all = document.createDocumentFragment();
      for (const it of whole(text).done) all.append(sanitised(htmlOf(it)));
      return all;
    };`;
  const built = buildSync({
    stdin: { contents, resolveDir: join(import.meta.dirname, "../../webview"), loader: "ts" },
    bundle: true,
    format: "iife",
    globalName: "walls",
    write: false,
  });
  return built.outputFiles[0]?.text ?? "";
}

/** Runs in the page: what is wrong with the nodes that a text becomes, by itself and when the page reads it once more. */
async function harmOf(text: string): Promise<readonly string[]> {
  const TAGS =
    "A BLOCKQUOTE BR CODE DEL EM H3 H4 H5 H6 HR LI OL P PRE SPAN STRONG TABLE TBODY TD TH THEAD TR UL".split(
      " ",
    );
  const ATTRIBUTES = "align class data-language data-line data-path href start title".split(" ");
  const { walls } = globalThis as unknown as { walls: Walls };
  const harm: string[] = [];
  const look = (root: Element) => {
    for (const it of root.querySelectorAll("*")) {
      if (!TAGS.includes(it.tagName)) harm.push(`element ${it.tagName}`);
      for (const { name, value } of it.attributes) {
        if (!ATTRIBUTES.includes(name)) harm.push(`attribute ${name}`);
        // As the browser reads it, not as it is written.
        if (
          name === "href" &&
          value !== "#" &&
          !/^(https?|mailto):$/.test((it as HTMLAnchorElement).protocol)
        )
          harm.push(`link ${value}`);
      }
    }
  };
  for (const make of [walls.ofHtml, walls.ofMarkdown]) {
    const [once, again] = [document.createElement("div"), document.createElement("div")];
    document.body.append(once, again);
    once.append(make(text));
    look(once);
    again.innerHTML = once.innerHTML;
    look(again);
    await new Promise((done) => setTimeout(done));
    once.remove();
    again.remove();
  }
  if ("__pwn" in globalThis) harm.push("it ran");
  if (Object.keys(Object.prototype).length > 0) harm.push("what all objects share was touched");
  return harm;
}

describe("what the panel makes of a text", function () {
  this.timeout(120_000);
  let browser: OpenBrowser | undefined;
  let page: Page;
  const requests: string[] = [];
  before(async function () {
    browser = (await openBrowser()) ?? this.skip();
    ({ page } = await browser.openPage());
    await page.route("**/*", (route) => {
      const url = route.request().url();
      if (url === ORIGIN) return route.fulfill({ contentType: "text/html", body: "<!doctype html><body>" });
      if (url !== `${ORIGIN}favicon.ico`) requests.push(url);
      return route.abort();
    });
    await page.goto(ORIGIN);
    await page.addScriptTag({ content: script() });
  });
  after(() => browser?.close());

  const pieces = [
    ..."<>\"'`=/&;#!-[]()\\\n \t\0",
    ..."a b p i svg math img style script title noscript template textarea select form iframe object embed base meta link xmp plaintext foreignObject annotation-xml mtext mglyph malignmark table caption desc use set animate details dialog video audio source input button body html head frameset x-a".split(
      " ",
    ),
    "<!--",
    "--!>",
    "<![CDATA[",
    "]]>",
    "</",
    "<svg><style>",
    "<math><mtext><table><mglyph><style>",
    '<svg></p><style><a id="</style><img src=x onerror=__pwn=1>">',
    "<noscript><p title='</noscript><img src=x onerror=__pwn=1>'>",
    "<form id=x><input name=attributes><input name=parentNode>",
    "<img src=x onerror=__pwn=1>",
    "<img src=http://evil.test/x>",
    "<script>__pwn=1</script>",
    "<a href='",
    " href=",
    "javascript:__pwn=1",
    "jav&#x09;ascript&colon;__pwn=1",
    "&#0000106avascript:",
    "data:text/html,<script>__pwn=1</script>",
    "vscode:x",
    "command:x",
    "//evil.test/x",
    "http://evil.test/x",
    " style=background:url(http://evil.test/x)",
    " onload=__pwn=1",
    " onfocus=__pwn=1 autofocus tabindex=0",
    " ontoggle=__pwn=1 open",
    " is=x-a",
    " id=__proto__",
    " name=body",
    " xlink:href=",
    " srcdoc='<script>parent.__pwn=1</script>'",
    "[a](",
    "![a](",
    "](javascript:__pwn=1)",
    "<javascript:__pwn=1>",
    "[a]: javascript:__pwn=1\n\n[a]",
    "| a | b |\n|--|--|\n",
    "```html\n",
  ];

  holds(
    "neither runs nor loads nor leads anywhere else, be it HTML or Markdown",
    AMOUNT,
    fc.asyncProperty(madeOf(...pieces), async (text) => {
      const harm = await page.evaluate(harmOf, text.slice(0, 4096));
      assert.deepEqual([harm, requests.splice(0)], [[], []]);
    }),
  );
});
