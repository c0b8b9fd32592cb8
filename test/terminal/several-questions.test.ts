import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { EventBody } from "../../src/agent/events.ts";
import { paint } from "../../src/terminal/render.ts";
import { screen } from "../../src/terminal/screen.ts";
import { answered, called, numbered, opened, requested, started } from "../agent/events.ts";

function questioned(call: string, command: string): EventBody {
  const display = { kind: "terminal", command, folder: "/p", output: "" } as const;
  return {
    type: "questioned",
    question: `q-${call}`,
    call,
    about: "permission",
    reason: "Why.",
    display,
    rules: [],
  };
}

function replied(call: string): EventBody {
  return { type: "replied", question: `q-${call}`, call, reply: { kind: "allow" }, by: "person" };
}

/** A screen that has heard of two calls at one time. */
function withTwoCalls() {
  let shown = "";
  const asked: string[] = [];
  const view = screen(
    (it) => (shown += it),
    paint(false),
    (it) => asked.push(it.question),
  );
  const before = [opened, started, requested, called("a", "Bash"), called("b", "Bash")];
  let n = 0;
  const hear = (...bodies: readonly EventBody[]) => {
    shown = "";
    for (const event of numbered(bodies)) view.hear({ ...event, n: ++n });
    return shown;
  };
  hear(...before);
  return { hear, asked, asking: () => view.asking()?.question };
}

describe("several questions at one time", () => {
  it("are shown one by one, the next when the first is answered", () => {
    const { hear, asked, asking } = withTwoCalls();
    const first = hear(questioned("a", "first"), questioned("b", "second"));
    assert.match(first, /\$ first/);
    assert.doesNotMatch(first, /second/);
    assert.equal(asking(), "q-a");
    assert.match(hear(replied("a")), /\$ second[\s\S]*Allow\?/);
    assert.deepEqual([asking(), asked], ["q-b", ["q-a", "q-b"]]);
    assert.doesNotMatch(hear(replied("b")), /Allow/);
    assert.equal(asking(), undefined);
  });

  it("are not shown again when a later one is answered elsewhere", () => {
    const { hear, asked, asking } = withTwoCalls();
    hear(questioned("a", "first"), questioned("b", "second"));
    assert.equal(hear(replied("b")), "");
    assert.deepEqual([asking(), asked], ["q-a", ["q-a"]]);
  });
});

describe("changes on the terminal", () => {
  const files = [
    { path: "/p/a", change: "changed", patch: "@@ -1 +1 @@\n-one\n+two", cut: false, added: 1, removed: 1 },
  ] as const;
  const display = { kind: "diff", files } as const;

  it("are shown with the question or with the answer, not with both", () => {
    const about = {
      type: "questioned",
      question: "q",
      call: "a",
      about: "permission",
      reason: "",
      rules: [],
    } as const;
    const { hear } = withTwoCalls();
    assert.match(hear({ ...about, display }), /\+two/);
    assert.doesNotMatch(hear(replied("a"), answered("a", { display })), /\+two/);
    assert.match(hear(answered("b", { display })), /\+two/);
  });

  it("that are kept or taken back are named", () => {
    const { hear } = withTwoCalls();
    const file = { path: "/p/a", before: "h", after: undefined, encoding: "utf8", bom: false };
    assert.equal(hear({ type: "undone", files: [file] }), "Undone: /p/a\n");
    assert.equal(hear({ type: "kept", paths: ["/p/a", "/p/b"] }), "Kept: /p/a, /p/b\n");
  });
});
