import assert from "node:assert/strict";
import { readLog } from "../../src/agent/log.ts";
import { answerReader } from "../../src/model/anthropic-stream.ts";
import { readToolInput } from "../../src/model/tool-input.ts";
import { parseLayer } from "../../src/node/settings-files.ts";
import { ignoreRules } from "../../src/permission/ignore-rules.ts";
import { coversPath, parsedRules } from "../../src/permission/rules.ts";
import { plainText } from "../../src/text/ansi.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { hunksBetween, withHunk } from "../../src/text/hunks.ts";
import { outside } from "../../src/text/outside.ts";
import { partialJson } from "../../src/text/partial-json.ts";
import { absolute, isWithin, relativeTo } from "../../src/text/paths.ts";
import { whole } from "../../webview/blocks.ts";
import { htmlOf } from "../../webview/markdown.ts";

/** Something that reads texts of others. */
export interface Target {
  /** Texts to begin with. */
  readonly seeds: readonly string[];
  /** Pieces that mean something to it. */
  readonly words: readonly string[];
  /** Throws when it does what it must not; it may refuse a text. */
  readonly take: (text: string) => void | Promise<void>;
}

const JSON_WORDS = [
  '{"',
  '":',
  '",',
  "[",
  "]",
  "{",
  "}",
  "null",
  "1e9",
  "\\u0000",
  "\\ud83d",
  '"__proto__":',
];

/** A text of several parts, as a fuzzer of one text can make it. */
const SPLIT = "\u0001";

/** All that is read and was not written by us. */
export const TARGETS: Readonly<Record<string, Target>> = {
  "the input of a tool": {
    seeds: ['{"file_path":"a.ts","old_string":"x\\n","new_string":"é"}', '{"a":[1,{"b":null}]}'],
    words: JSON_WORDS,
    take(text) {
      partialJson(text);
      readToolInput(text);
    },
  },
  "the events of a stream": {
    seeds: [
      '[{"type":"message_start","message":{"id":"m","model":"x","usage":{"input_tokens":1}}},{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"Read","input":{}}},{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}},{"type":"content_block_stop","index":0},{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":5}},{"type":"message_stop"}]',
    ],
    words: [
      ...JSON_WORDS,
      "thinking_delta",
      "text_delta",
      "signature_delta",
      "end_turn",
      "pause_turn",
      "refusal",
    ],
    take(text) {
      const events = parsed(text);
      if (!Array.isArray(events)) return;
      const reader = answerReader(new Set());
      for (const it of events) reader.take(it);
    },
  },
  "the log of a session": {
    seeds: ['0000001f 4c5c0d2e {"n":1,"at":1,"type":"noted"}\n', "00000002 00000000 {}\n"],
    words: ["00000000 ", "ffffffff ", '{"n":1,"at":1,"type":"opened"}\n', "\n", " "],
    take(text) {
      const bytes = Buffer.from(text, "latin1");
      const { events, goodLength } = readLog(bytes);
      assert.ok(goodLength <= bytes.length && events.every((it) => typeof it.type === "string"));
    },
  },
  "settings as JSON": settings(
    "json",
    ['{"model":"x","permissions":{"deny":["Bash(rm:*)"]}} // so'],
    JSON_WORDS,
  ),
  "settings as YAML": settings(
    "yaml",
    ["model: x\npermissions:\n  deny: [Bash]\n", "a: &a {b: 1}\nc: *a\n<<: *a\n"],
    ["&a", "*a", "<<:", "- ", "|\n", "? ", "!!", "---\n", "{", "}", "  "],
  ),
  "settings as TOML": settings(
    "toml",
    ['model = "x"\n[permissions]\ndeny = ["Bash"]\n', "a.b.c = 1979-05-27\n[[x]]\n"],
    ['"""', "'''", "[[", "]]", "[a]\n", "a.b=", "{", "}", "0x", "inf"],
  ),
  rules: {
    seeds: [
      "Bash(npm run test:*)\u0001/p/a",
      "Read(src/**/*.{ts,tsx})\u0001/p/src/x/a.ts",
      "Edit(//etc/*)\u0001/etc/a",
    ],
    words: [
      "**",
      "*",
      "?",
      "{",
      "}",
      ",",
      "[",
      "]",
      "!",
      "(",
      ")",
      "~/",
      "//",
      "..",
      ":*",
      SPLIT,
      "mcp__a__b",
    ],
    take(text) {
      const [rule = "", path = ""] = text.split(SPLIT);
      const { rules } = parsedRules({ allow: [rule], ask: [], deny: [`Read(${rule})`] });
      for (const it of [...rules.allow, ...rules.deny])
        coversPath(it, absolute(path, "/p"), { folder: "/p", home: "/h" });
    },
  },
  "an ignore file": {
    seeds: ["*.env\n!a.env\n/build/\n**/x\n\u0001src/a.env", "a\\ b\n#c\n[a-z]*/\u0001q/w"],
    words: ["**/", "/**", "!", "\\", "[", "]", "[!", "\n", "\r\n", "#", SPLIT],
    take(text) {
      const [rules = "", path = ""] = text.split(SPLIT);
      for (const isFolded of [true, false])
        for (const it of ignoreRules(rules, isFolded).slice(0, 40)) it.fits(path);
    },
  },
  "an edit": {
    seeds: [
      "a\n  b\nc\n\u0001  b\n\u0001x\n",
      "\tif (a) {\r\n\t\tb;\r\n\t}\r\n\u0001if (a) {\n  b;\n}\u0001c",
    ],
    words: ["\n", "\r\n", "\t", "  ", SPLIT, "é", "\ud83d"],
    take(text) {
      const [now = "", old = "", young = ""] = text.split(SPLIT);
      applyEdits(now, [{ old, new: young, all: true }]);
      const hunks = hunksBetween(now, young);
      const [first] = hunks;
      if (hunks.length === 1 && first) assert.equal(withHunk(now, young, first), young);
    },
  },
  "the words of a model": {
    seeds: [
      "# a\n\n- b **c** `d`\n\n```ts\ne\n```\n\n| a | b |\n|--|--|\n| c | d |\n",
      "[a](b) ![c](d) <e@f.gh> &lt;",
    ],
    words: [
      "```",
      "~~~",
      "](",
      "<!--",
      "|--|",
      "- [ ] ",
      "> ",
      "1. ",
      "\\",
      "&#x6a;",
      "<a href=",
      "***",
      "\n\n",
    ],
    take(text) {
      for (const it of whole(text.slice(0, 4_096)).done)
        assert.doesNotMatch(htmlOf(it), /<(script|img|svg|iframe)/i);
    },
  },
  "a path": {
    seeds: ["../a/./b//c", "C:\\a\\..\\b", "~/x", "\\\\?\\UNC\\a"],
    words: ["/", "\\", "..", ".", ":", "//", "\\\\?\\", "~", "\0", "é", "e\u0301"],
    take(text) {
      const path = absolute(text, "/p/q");
      assert.equal(absolute(path, "/p/q"), path);
      assert.equal(isWithin(path, "/p/q"), relativeTo(path, "/p/q") !== undefined);
    },
  },
  "what a command prints": {
    seeds: ["\u001b[31mred\u001b[0m\r\n", "\u001b]8;;http://a\u0007b\u001b]8;;\u0007", "a\b\bc\u001b[2K"],
    words: ["\u001b[", "\u001b]", "\u009b", "\u0007", "\u001b\\", "\r", "\b", ";", "1A", "9999C", "K"],
    take: (text) => assert.ok(!plainText(text).includes("\u001b")),
  },
  "secrets in a text": {
    seeds: [
      "api_key='a1B2c3D4e5F6g7H8i9'\n",
      "https://u:p4ssw0rd@h/x",
      "-----BEGIN PRIVATE KEY-----\nAA\n-----END",
    ],
    words: [
      "AKIAIOSFODNN7EXAMPLE",
      "ghp_",
      "sk-ant-",
      "Bearer ",
      "password=",
      "eyJhbGciOi",
      "hunter2hunter2",
      "'",
    ],
    take(text) {
      const { told, know } = outside();
      know([{ value: "hunter2hunter2", what: "key" }]);
      const twice = told(told(text));
      assert.equal(told(twice), twice);
    },
  },
};

function settings(ending: string, seeds: readonly string[], words: readonly string[]): Target {
  return {
    seeds,
    words: [...words, "__proto__", "permissions", "\n", "#"],
    async take(text) {
      const { problems } = await parseLayer(text.slice(0, 2_000), `/x/settings.${ending}`, "person");
      assert.ok(problems.every((it) => it.startsWith("/x/")));
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
