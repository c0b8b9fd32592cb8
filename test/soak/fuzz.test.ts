import assert from "node:assert/strict";
import fc from "fast-check";
import { describe } from "mocha";
import { answerReader } from "../../src/model/anthropic-stream.ts";
import { readToolInput } from "../../src/model/tool-input.ts";
import { parseLayer } from "../../src/node/settings-files.ts";
import { ignoreRules } from "../../src/permission/ignore-rules.ts";
import { foldedSegments, malformed } from "../../src/permission/paths.ts";
import { coversPath, parsedRules } from "../../src/permission/rules.ts";
import { plainText } from "../../src/text/ansi.ts";
import { patchOf } from "../../src/text/diff.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { hunksBetween, withHunk, withoutHunk } from "../../src/text/hunks.ts";
import { masking } from "../../src/text/masking.ts";
import { outside } from "../../src/text/outside.ts";
import { partialJson } from "../../src/text/partial-json.ts";
import { absolute, isWithin, relativeTo } from "../../src/text/paths.ts";
import { whole } from "../../webview/blocks.ts";
import { htmlOf } from "../../webview/markdown.ts";
import { chunkFetch, endOf, provider } from "../support/messages-requests.ts";
import { holds } from "./figure.ts";
import { madeOf } from "./made-of.ts";

const OFTEN = { ci: 150, soak: 300_000 };
const SELDOM = { ci: 60, soak: 30_000 };
/** Milliseconds of the thread's own time that any input may take. */
const LIMIT_MS = 1_000;

/** Does `work`, which may neither take long nor touch what all objects share. */
async function tame(work: () => void | Promise<void>): Promise<void> {
  const from = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(from);
  assert.ok((user + system) / 1000 < LIMIT_MS, `took ${(user + system) / 1000} ms`);
  assert.deepEqual([Object.keys(Object.prototype), "polluted" in {}], [[], false]);
}

const JSON_PIECES = [
  ...'{}[],:"\\ -1e.0',
  "true",
  "null",
  "\\u00",
  "\\ud83d",
  '"a"',
  '"__proto__"',
  '"constructor"',
  '{"polluted":1}',
  '{"__proto__":{"polluted":1}}',
  '{"a":',
  "[[",
  "\n",
];
const SSE_PIECES = [
  'event: message_start\ndata: {"type":"message_start","message":{"id":"m","model":"x","usage":{"input_tokens":1,"output_tokens":1}}}\n\n',
  'data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n',
  'data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"Read","input":{}}}\n\n',
  'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}\n\n',
  'data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\""}}\n\n',
  'data: {"type":"content_block_stop","index":0}\n\n',
  'data: {"type":"content_block_stop","index":1}\n\n',
  'data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":5}}\n\n',
  'data: {"type":"message_stop"}\n\n',
  "event: ping\ndata: {}\n\n",
  "data:",
  "event: error\n",
  ": x\n",
  "\r\n",
  "\n",
  "\r",
  "\ufeff",
  "id: \0\n",
  "retry: 9\n",
  '"__proto__":{"polluted":1},',
  '"index":-1',
  "null",
  "[]",
  "data: {}\n\n",
  'data: {"type":"error","error":{"type":"overloaded_error"}}\n\n',
];

describe("what comes from a model", () => {
  holds(
    "is read as far as it goes, a tool's input",
    OFTEN,
    fc.asyncProperty(madeOf(...JSON_PIECES), (raw) =>
      tame(() => {
        partialJson(raw);
        readToolInput(raw);
      }),
    ),
  );

  holds(
    "is what it is when it is whole, a tool's input",
    OFTEN,
    fc.property(
      fc.json().map((it) => `{"a":${it}}`),
      (raw) => assert.deepEqual(partialJson(raw), JSON.parse(raw)),
    ),
  );

  holds(
    "ends in one way or another, a stream of bytes",
    SELDOM,
    fc.asyncProperty(madeOf(...SSE_PIECES), fc.integer({ min: 1, max: 4_000 }), (body, size) =>
      tame(async () => {
        const bytes = Buffer.from(body);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        const end = await endOf(provider({ fetch: chunkFetch(chunks.slice(0, 300)) }));
        assert.ok(end.type === "failed" || body.includes("message_stop"));
      }),
    ),
  );

  holds(
    "is taken whatever it is, an event",
    OFTEN,
    fc.asyncProperty(
      fc.array(fc.anything({ withNullPrototype: true }), { maxLength: 6 }),
      fc.constantFrom(
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "error",
        "x",
      ),
      (events, type) =>
        tame(() => {
          const reader = answerReader(new Set());
          for (const it of events) {
            reader.take(it);
            reader.take({ type, index: 0, message: it, content_block: it, delta: it, usage: it, error: it });
          }
        }),
    ),
  );

  holds(
    "becomes inert markup, a text",
    SELDOM,
    fc.asyncProperty(
      madeOf(
        ..."*_`~[]()<>!#|-\\\n \t",
        "```ts\n",
        "](",
        "](javascript:",
        "<script>",
        "<img src=x onerror=1>",
        "&lt;",
        "&#x6a;",
        "- [ ] ",
        "| a | b |\n|--|--|\n",
        "http://a.b",
        "[a]: b\n",
        "> ",
        "1. ",
        "<!--",
        "$$",
      ),
      (text) =>
        tame(() => {
          for (const token of whole(text.slice(0, 8_192)).done) htmlOf(token);
        }),
    ),
  );
});

describe("what stands in settings and ignore files", () => {
  for (const [ending, pieces] of [
    ["json", [...JSON_PIECES, "//", "/*", "*/", '"permissions":{"deny":["Bash(x)"]}', '"model":"x"']],
    [
      "yaml",
      [
        "a:",
        "- ",
        "  ",
        "\n",
        "&a ",
        "*a",
        "<<: *a\n",
        "{",
        "}",
        "[",
        "]",
        "|\n",
        "? ",
        "!!js/function x",
        "'",
        '"',
        "__proto__: {polluted: 1}\n",
        "permissions:\n  deny: [x]\n",
        "%YAML 1.2\n",
        "---\n",
        "#",
        "\t",
      ],
    ],
    [
      "toml",
      [
        "[a]\n",
        "[[a]]\n",
        "[__proto__]\npolluted=1\n",
        "a=1\n",
        "a.b.c=1\n",
        '"""',
        "'''",
        "{a=1}",
        "=",
        "[",
        "]",
        "1979-05-27",
        "\n",
        "#",
        "permissions.deny=['x']\n",
      ],
    ],
  ] as const)
    holds(
      `is read or refused with a sentence, ${ending}`,
      SELDOM,
      fc.asyncProperty(madeOf(...pieces), (text) =>
        tame(async () => {
          const { problems, values } = await parseLayer(
            text.slice(0, 2_000),
            `/x/settings.${ending}`,
            "person",
          );
          assert.ok(
            problems.every((it) => it.startsWith("/x/")),
            JSON.stringify(problems),
          );
          assert.equal(
            Object.getPrototypeOf(values) === Object.prototype || Object.getPrototypeOf(values) === null,
            true,
          );
        }),
      ),
    );

  const GLOBS = [
    ..."*?[]{}!#\\/,.-^|()@+ ",
    "**",
    "**/",
    "a",
    "b",
    "{a,b}",
    "{1..9}",
    "{a..z}",
    "[!a-z]",
    "[[:alpha:]]",
    "@(a|b)",
    "~/",
    "//",
  ];
  const path = madeOf("/", "a", "b", "..", ".", " ", "*", "[", "ab/").map((it) => `/p/${it.slice(0, 2_000)}`);

  holds(
    "covers a path or does not, a rule",
    OFTEN,
    fc.asyncProperty(madeOf(...GLOBS), path, (pattern, path) =>
      tame(() => {
        const { rules } = parsedRules({ allow: [], ask: [], deny: [`Read(${pattern})`, pattern] });
        for (const rule of rules.deny) coversPath(rule, path, { folder: "/p", home: "/h" });
      }),
    ),
  );

  holds(
    "hides a path or does not, an ignore file",
    OFTEN,
    fc.asyncProperty(madeOf(...GLOBS, "\n", "\r\n"), path, fc.boolean(), (text, path, isFolded) =>
      tame(() => {
        for (const rule of ignoreRules(text, isFolded).slice(0, 40)) rule.fits(path.slice(3));
      }),
    ),
  );

  holds(
    "leads into a folder only if it names it, a path",
    OFTEN,
    fc.asyncProperty(
      madeOf("/", "\\", "..", ".", "a", "C:", "c:/", "//", "\0", "~", "é", "e\u0301", "CON", ":x"),
      (path) =>
        tame(() => {
          const whole = absolute(path, "/p/q");
          assert.equal(isWithin(whole, "/p/q"), relativeTo(whole, "/p/q") !== undefined);
          // Decided again on what was decided about, it is the same.
          assert.equal(absolute(whole, "/p/q"), whole);
          for (const platform of ["linux", "win32"]) malformed(path, platform);
          foldedSegments(path);
        }),
    ),
  );
});

describe("texts", () => {
  const CODE = [
    ..."{}();\n\t \r",
    "\r\n",
    "  ",
    "a",
    "b",
    "foo(",
    "return x;\n",
    "  return x;\n",
    "é",
    "👩‍💻",
    "\ud83d",
  ];

  holds(
    "are edited at the places that are named, or not at all",
    SELDOM,
    fc.asyncProperty(
      madeOf(...CODE),
      madeOf(...CODE),
      madeOf(...CODE),
      fc.boolean(),
      (text, old, young, all) =>
        tame(() => {
          const applied = applyEdits(text, [{ old, new: young, all }]);
          if (applied.kind === "applied") assert.ok(applied.places === 1 || all);
        }),
    ),
  );

  holds(
    "are edited in every run of lines, however long they are",
    SELDOM,
    fc.asyncProperty(fc.integer({ min: 1, max: 9_000 }), fc.integer({ min: 1, max: 900 }), (lines, run) =>
      tame(() => {
        const applied = applyEdits("  a\n".repeat(lines), [
          { old: "    a\n".repeat(run), new: "b\n", all: true },
        ]);
        assert.equal(applied.kind === "applied" ? applied.places : 0, Math.floor(lines / run));
      }),
    ),
  );

  holds(
    "lose and get back each of their changes",
    SELDOM,
    fc.asyncProperty(madeOf(...CODE), madeOf(...CODE), (before, after) =>
      tame(() => {
        const hunks = hunksBetween(before, after);
        patchOf(before, after);
        const [first] = hunks;
        if (hunks.length !== 1 || !first) return;
        assert.equal(withHunk(before, after, first), after);
        assert.equal(withoutHunk(before, after, first), before);
      }),
    ),
  );

  const SECRETS = [
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_",
    "sk-ant-",
    "api_key=",
    "password: '",
    "Bearer ",
    "-----BEGIN RSA PRIVATE KEY-----\n",
    "-----END RSA PRIVATE KEY-----\n",
    "https://u:",
    "@h",
    "eyJhbGciOi",
    ".",
    "a1B2c3D4e5F6g7H8",
    "<",
    " ",
    "\n",
    '"',
    "<system-reminder>",
    "[masked: key 1]",
    "⟨U+202E⟩",
    "\u202e",
    "hunter2hunter2",
    "A",
  ];

  holds(
    "are told once, and told again settle",
    SELDOM,
    fc.asyncProperty(madeOf(...SECRETS), (text) =>
      tame(() => {
        const { told, know, meant } = outside();
        know([{ value: "hunter2hunter2", what: "key" }]);
        const once = told(text);
        // Two keys in one piece are two when the first has got its placeholder.
        const twice = told(once);
        assert.equal(told(twice), twice);
        assert.ok(!/(?<![\w])hunter2hunter2(?![\w])/.test(twice));
        meant(once, text);
      }),
    ),
  );

  holds(
    "lose their secrets in pieces as they do whole",
    SELDOM,
    fc.asyncProperty(
      madeOf(...SECRETS).map((it) => it.slice(0, 20_000)),
      fc.integer({ min: 1, max: 2_000 }),
      (text, size) =>
        tame(() => {
          const mask = masking();
          const stream = mask.stream();
          let told = "";
          for (let at = 0; at < text.length; at += Math.max(size, text.length / 60))
            told += stream.push(text.slice(at, at + Math.max(size, text.length / 60)));
          told += stream.flush();
          const secret = /AKIAIOSFODNN7EXAMPLE\b/;
          assert.ok(!secret.test(mask.mask(text)) || secret.test(told));
        }),
    ),
  );

  holds(
    "are plain when their escapes are gone",
    OFTEN,
    fc.asyncProperty(
      madeOf(
        "\u001b[",
        "\u001b]",
        "\u009b",
        "31m",
        "\u0007",
        "\r",
        "\n",
        "\b",
        "a",
        "\u001b[2K",
        "\u001b[9999999C",
        "\u001b[1A",
        ";",
        "\u001b\\",
        "\t",
        "\0",
      ),
      (text) => tame(() => assert.ok(!plainText(text).includes("\u001b"))),
    ),
  );
});
