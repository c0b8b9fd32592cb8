import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { type Project, project } from "./project.ts";

describe("Read", () => {
  let made: Project;
  afterEach(() => made.done());

  async function shown(
    files: Readonly<Record<string, string>>,
    input: Readonly<Record<string, string | number>>,
  ): Promise<string> {
    made = await project(files);
    return made.text("Read", input);
  }

  it("numbers the lines and remembers what it showed", async () => {
    assert.equal(await shown({ a: "x\r\ny\n" }, { file_path: "a" }), "     1\tx\n     2\ty");
    assert.match(made.abilities.seen(`${made.folder}/a`) ?? "", /^[0-9a-f]{64}$/);
  });

  it("pages, and says where to read on", async () => {
    const text = Array.from({ length: 5 }, (_, index) => `l${index + 1}\n`).join("");
    assert.equal(
      await shown({ a: text }, { file_path: "a", offset: 2, limit: 2 }),
      "     2\tl2\n     3\tl3\n(Lines 2 to 3 of 5. Read on with offset 4.)",
    );
    assert.equal(await made.text("Read", { file_path: "a", offset: 9 }), "(The file has only 5 lines.)");
  });

  for (const [what, text, expected] of [
    ["2,000 lines", "x\n".repeat(3_000), /Lines 1 to 2000 of 3000. Read on with offset 2001/],
    ["2,000 characters of a line", "x".repeat(5_000), /x{2000} \[\.\.\. 3000 more characters\]$/],
    ["50,000 characters", `${"x".repeat(1_000)}\n`.repeat(100), /Lines 1 to 49 of 100/],
    ["nothing", "", /^\(The file is empty\.\)$/],
  ] as const) {
    it(`shows at most ${what}`, async () =>
      assert.match(await shown({ a: text }, { file_path: "a" }), expected));
  }

  it("names what is near when there is no such file", async () => {
    assert.equal(
      await shown({ "src/index.ts": "" }, { file_path: "src/Index.tsx" }),
      'There is no "src/Index.tsx". Near it: "src/index.ts".',
    );
    assert.match(await made.text("Read", { file_path: "none/a" }), /its folder "none" does not exist/);
  });

  it("shows a folder's entries", async () => {
    assert.match(
      await shown({ "d/b": "", "d/e/f": "" }, { file_path: "d" }),
      /is a folder with 2 entries.*\nb\ne\/$/s,
    );
  });

  it("refuses binary files with the reason", async () => {
    made = await project();
    await made.put("b", Uint8Array.of(0x7f, 0, 1));
    const result = await made.run("Read", { file_path: "b" });
    assert.deepEqual([result.failed, result.read], [true, undefined]);
    assert.match(String(result.content), /no text \(3 bytes\): it contains NUL bytes/);
  });

  it("shows images to the model and keeps them for the screen", async () => {
    made = await project();
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0);
    await made.put("a.png", png);
    const { content, display } = await made.run("Read", { file_path: "a.png" });
    const source = { type: "base64", media_type: "image/png", data: Buffer.from(png).toString("base64") };
    assert.deepEqual(content, [{ type: "image", source }]);
    assert.deepEqual(display?.kind === "image" && (await made.abilities.blobs.get(display.blob)), png);
  });

  it("shows notebooks as cells with outputs abridged", async () => {
    const output = { output_type: "stream", text: ["y".repeat(5_000)] };
    const error = { output_type: "error", ename: "KeyError", evalue: "a" };
    const picture = { output_type: "display_data", data: { "image/png": "AAAA", "text/plain": "<Figure>" } };
    const cells = [{ cell_type: "code", id: "c1", source: ["a\n", "b"], outputs: [output, error, picture] }];
    const text = await shown({ "n.ipynb": JSON.stringify({ cells }) }, { file_path: "n.ipynb" });
    assert.match(text, /^<cell 1 code id="c1">\na\nb\n<output>\ny+\n\[\.\.\. 3000 characters/);
    assert.match(text, /KeyError: a\n<\/output>\n<output>\n<Figure>\n\[image\/png\]/);
  });
});
