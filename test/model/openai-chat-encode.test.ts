import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { carriedSignature } from "../../src/model/carried.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { Untranslatable } from "../../src/model/wire.ts";
import {
  call,
  encoded,
  messagesFor,
  picture,
  pictureUrl,
  result,
  says,
  sent,
  text,
} from "./chat-requests.ts";

describe("a system prompt for Chat Completions", () => {
  for (const [what, system, options, expected] of [
    ["is one message at the front", [text("a"), text("b")], {}, "a\n\nb"],
    ["is none when it is blank", [text(" \n")], {}, undefined],
    ["has no line for billing", [text("x-anthropic-billing-header: v=1"), text("b")], {}, "b"],
    ["keeps what follows the line for billing", [text("x-anthropic-billing-header: v=1\nb")], {}, "b"],
    [
      "keeps that line elsewhere",
      [text("b"), text("x-anthropic-billing-header: c")],
      {},
      "b\n\nx-anthropic-billing-header: c",
    ],
    ["loses its marks", [{ ...text("a"), cache_control: { type: "ephemeral" } }], {}, "a"],
    [
      "loses its marks where the host is strict",
      [{ ...text("a"), cache_control: { type: "ephemeral" } }],
      { strict: true, keepCacheControl: true },
      "a",
    ],
    [
      "keeps its marks where they are known",
      [{ ...text("a"), cache_control: { type: "ephemeral" } }],
      { keepCacheControl: true },
      [{ type: "text", text: "a", cache_control: { type: "ephemeral" } }],
    ],
  ] as const) {
    it(what, () => {
      const [first] = sent({ system }, options)["messages"] as readonly JsonObject[];
      assert.deepEqual(first?.["role"] === "system" ? first["content"] : undefined, expected);
    });
  }
});

describe("turns for Chat Completions", () => {
  it("hold text and calls in one message, with arguments as text", () => {
    const said = says("assistant", text("before"), call("c1", { a: "\\n" }), text("after"));
    assert.deepEqual(messagesFor([says("user", text("q")), said, says("user", result("c1", "ok"))])[1], {
      role: "assistant",
      content: "before\n\nafter",
      tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: '{"a":"\\\\n"}' } }],
    });
  });

  it("answer calls in their order, right behind them, before the user's words", () => {
    const following = says("user", text("go on"), result("c2", "two"), result("c1", "one"));
    assert.deepEqual(messagesFor([says("assistant", call("c1"), call("c2")), following]).slice(1), [
      { role: "tool", tool_call_id: "c1", content: "one" },
      { role: "tool", tool_call_id: "c2", content: "two" },
      { role: "user", content: "go on" },
    ]);
  });

  it("answer calls before words of the system that stand between", () => {
    const turns = [
      says("assistant", call("c1")),
      says("system", text("note")),
      says("user", result("c1", "one")),
    ];
    assert.deepEqual(
      messagesFor(turns).map((it) => it["role"]),
      ["assistant", "tool", "system"],
    );
  });

  for (const [what, content, more, expected] of [
    ["a text as it is", " a ", {}, " a "],
    ["texts by lines", [text("a"), text(" "), text("b")], {}, "a\nb"],
    [
      "other blocks as JSON",
      [{ type: "tool_reference", tool_name: "x" }],
      {},
      '{"type":"tool_reference","tool_name":"x"}',
    ],
    ["an object as JSON", { a: 1 }, {}, '{"a":1}'],
    ["nothing as an empty text", undefined, {}, ""],
    ["an error with its mark", "no", { is_error: true }, "Error: no"],
    ["an error without words with its mark", undefined, { is_error: true }, "Error:"],
    [
      "what was found with its source",
      [{ type: "search_result", title: "T", source: "https://a.b", content: [text("c")] }],
      {},
      "T\nSource: https://a.b\n\nc",
    ],
  ] as const) {
    it(`tell ${what}`, () => {
      const turns = [says("assistant", call("c1")), says("user", result("c1", content, more))];
      assert.equal(messagesFor(turns)[1]?.["content"], expected);
    });
  }

  it("show pictures of parallel results behind all of them", () => {
    const following = says(
      "user",
      result("c1", [picture]),
      result("c2", [text("two"), picture]),
      text("see"),
    );
    const [, one, two, user] = messagesFor([says("assistant", call("c1"), call("c2")), following]);
    assert.deepEqual([one?.["role"], two?.["role"], two?.["content"]], ["tool", "tool", "two"]);
    const parts = user?.["content"] as readonly JsonObject[];
    assert.deepEqual(
      parts.map((it) => it["type"]),
      ["text", "image_url", "text", "image_url", "text"],
    );
    assert.deepEqual(parts[1], pictureUrl);
  });

  it("show pictures in the result where the host takes parts there", () => {
    const turns = [says("assistant", call("c1")), says("user", result("c1", [text("a"), picture]))];
    assert.deepEqual(messagesFor(turns, { arraysInToolMessages: true })[1]?.["content"], [
      text("a"),
      pictureUrl,
    ]);
  });

  for (const [what, block, expected] of [
    [
      "a picture by its address",
      { type: "image", source: { type: "url", url: "https://a.b/c.png" } },
      { type: "image_url", image_url: { url: "https://a.b/c.png" } },
    ],
    [
      "a picture that is a data URL already",
      {
        type: "image",
        source: { type: "base64", media_type: "image/png", data: "data:image/png;base64,AA" },
      },
      pictureUrl,
    ],
    [
      "a PDF as a file",
      {
        type: "document",
        title: "a.pdf",
        source: { type: "base64", media_type: "application/pdf", data: "AA" },
      },
      { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AA" } },
    ],
  ] as const) {
    it(`hold ${what}`, () =>
      assert.deepEqual(messagesFor([says("user", block)])[0]?.["content"], [expected]));
  }

  it("hold the text of a document", () => {
    const block = {
      type: "document",
      title: "T",
      source: { type: "text", media_type: "text/plain", data: "words" },
    };
    assert.equal(messagesFor([says("user", block)])[0]?.["content"], "T\n\nwords");
  });

  for (const [what, block, options] of [
    ["a picture by its file id", { type: "image", source: { type: "file", file_id: "f" } }, {}],
    ["a document by its address", { type: "document", source: { type: "url", url: "https://a.b" } }, {}],
    [
      "a PDF where the host takes no files",
      { type: "document", source: { type: "base64", data: "AA" } },
      { files: false },
    ],
    ["a picture without a source", { type: "image" }, {}],
  ] as const) {
    it(`cannot hold ${what}, and say where it stands`, () => {
      assert.throws(
        () => messagesFor([says("user", block)], options),
        (error) => error instanceof Untranslatable && error.message.startsWith("messages.0.content.0"),
      );
    });
  }

  it("lose thinking of whichever kind, and what is not known", () => {
    const said = [
      { type: "thinking", thinking: "hm", signature: "" },
      { type: "thinking", thinking: "hm", signature: carriedSignature("gemini", "s") },
      { type: "redacted_thinking", data: "x" },
      { type: "server_tool_use", id: "s", name: "web_search", input: {} },
    ];
    const turns = [says("assistant", ...said), says("user", { type: "thinking", thinking: "hm" }, text("a"))];
    assert.deepEqual(messagesFor(turns), [{ role: "user", content: "a" }]);
    assert.deepEqual(encoded({ messages: turns }).dropped.length, 5);
  });

  for (const [what, signature, expected] of [
    ["unsigned thinking", "", "hm"],
    [
      "a sentence where another vendor keeps it closed",
      carriedSignature("openai", {}),
      "[reasoning unavailable]",
    ],
  ] as const) {
    it(`give ${what} back with calls to hosts that want it`, () => {
      const said = says("assistant", { type: "thinking", thinking: "hm", signature }, call("c1"));
      const [first] = messagesFor([said, says("user", result("c1", "a"))], { reasoningReplay: true });
      assert.equal(first?.["reasoning_content"], expected);
    });
  }

  it("give no thinking back without calls", () => {
    const said = says("assistant", { type: "thinking", thinking: "hm" }, text("a"));
    assert.deepEqual(messagesFor([said, says("user", text("b"))], { reasoningReplay: true })[0], {
      role: "assistant",
      content: "a",
    });
  });

  it("keep marks of caches where the host knows them", () => {
    const cache_control = { type: "ephemeral" };
    const said = says("assistant", { ...text("a"), cache_control }, call("c1"));
    const turns = [said, says("user", result("c1", "r", { cache_control }))];
    const marked = (words: string) => [{ ...text(words), cache_control }];
    const contents = (options: JsonObject) => messagesFor(turns, options).map((it) => it["content"]);
    assert.deepEqual(contents({ keepCacheControl: true }), [marked("a"), marked("r")]);
    assert.deepEqual(contents({}), ["a", "r"]);
  });

  it("mend calls without results and results without calls", () => {
    const turns = [says("assistant", call("c1")), says("user", result("c9", "late"), text("b"))];
    assert.deepEqual(messagesFor(turns).slice(1), [
      { role: "tool", tool_call_id: "c1", content: "[interrupted: this call gave no result]" },
      { role: "user", content: "[result of an earlier call]\nlate\n\nb" },
    ]);
  });

  it("tell a result that came twice once", () => {
    const turns = [says("assistant", call("c1")), says("user", result("c1", "a"), result("c1", "a"))];
    assert.equal(messagesFor(turns).length, 2);
  });

  it("shorten long ids in the same way on both sides", () => {
    const id = `c:${"x".repeat(80)}`;
    const [said, answered] = messagesFor([says("assistant", call(id)), says("user", result(id, "a"))], {
      toolIdLimit: 40,
    });
    const [made] = (said?.["tool_calls"] ?? []) as readonly JsonObject[];
    assert.equal(made?.["id"], answered?.["tool_call_id"]);
    assert.equal(String(made?.["id"]).length <= 40, true);
  });

  for (const [nullContent, expected] of [
    ["null", { content: null }],
    ["empty", { content: "" }],
    ["absent", {}],
  ] as const) {
    it(`with only calls have ${nullContent} content as the host wants it`, () => {
      const [said] = messagesFor([says("assistant", call("c1"))], { nullContent });
      const { role: _, tool_calls: __, ...rest } = said ?? {};
      assert.deepEqual(rest, expected);
    });
  }

  it("end with words of the assistant only where the host goes on with them", () => {
    const turns = [says("user", text("q")), says("assistant", text("a"))];
    assert.deepEqual(messagesFor(turns).length, 1);
    assert.deepEqual(encoded({ messages: turns }).dropped, ["messages.1"]);
    assert.deepEqual(messagesFor(turns, { prefill: true }).length, 2);
  });

  it("keep words of the system in their place, or as a reminder", () => {
    const turns = [says("user", text("q")), says("system", text("note")), says("user", text("r"))];
    assert.deepEqual(messagesFor(turns)[1], { role: "system", content: "note" });
    assert.deepEqual(messagesFor(turns, { systemInMessages: false })[1], {
      role: "user",
      content: "<system-reminder>\nnote\n</system-reminder>",
    });
  });

  it("say what cited texts have their words from", () => {
    const cited = {
      ...text("a"),
      citations: [{ type: "web_search_result_location", url: "https://a.b", title: "T" }],
    };
    const [said] = messagesFor([
      says("assistant", cited, { type: "text", text: "b" }),
      says("user", text("c")),
    ]);
    assert.equal(said?.["content"], "ab\n\nSource: T https://a.b");
  });
});
