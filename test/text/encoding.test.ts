import assert from "node:assert/strict";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, it } from "mocha";
import { BINARY, binaryText, decode, encode } from "../../src/text/encoding.ts";

const CHINESE = "// 读取配置文件，返回默认值\nconst 名称 = '测试';\n";
const JAPANESE = "// 設定を読み込む。テストのデータです\nconst 名前 = 'ソフト';\n";
const WESTERN = "// Größe für naïve café – “¡Olé!” €\nconst año = 'señor';\n";

async function formOf(bytes: Uint8Array): Promise<string> {
  const decoded = await decode(bytes);
  if (decoded.kind === "binary") return `binary: ${decoded.why}`;
  const again = await encode(decoded.text, decoded.form);
  assert.deepEqual(again.kind === "bytes" && Buffer.from(again.bytes), Buffer.from(bytes));
  return decoded.form.encoding + (decoded.form.bom ? " with mark" : "");
}

describe("reading bytes as text", () => {
  for (const [text, encoding, addBOM, expected] of [
    ["plain ASCII", "utf8", false, "utf8"],
    [CHINESE, "utf8", false, "utf8"],
    [CHINESE, "utf8", true, "utf8 with mark"],
    [WESTERN, "utf16le", true, "utf16le with mark"],
    [JAPANESE, "utf16be", true, "utf16be with mark"],
    ["const a = 1;\n", "utf16le", false, "utf16le"],
    ["const a = 1;\n", "utf16be", false, "utf16be"],
    [CHINESE, "gbk", false, "gbk"],
    [JAPANESE, "shift_jis", false, "shift_jis"],
    [WESTERN, "win1252", false, "win1252"],
    ["// Größe\n", "win1252", false, "win1252"],
    ["x = '中文'\n", "gbk", false, "gbk"],
    ["", "utf8", false, "utf8"],
    ["control \x01 and \x1b[0m", "utf8", false, "utf8"],
  ] as const) {
    it(`knows ${JSON.stringify(text.slice(0, 16))} in ${encoding}${addBOM ? " with mark" : ""}`, async () => {
      const bytes = iconv.encode(text, encoding, { addBOM });
      assert.equal(await formOf(bytes), expected);
      const decoded = await decode(bytes);
      assert.equal(decoded.kind === "text" && decoded.text, text);
    });
  }

  for (const [what, bytes, why] of [
    ["NUL bytes", [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2], /NUL/],
    ["a UTF-8 mark before what is not UTF-8", [0xef, 0xbb, 0xbf, 0xff], /not UTF-8/],
    ["a UTF-16 mark before an odd number of bytes", [0xff, 0xfe, 0x41], /odd/],
    ["control characters in no known encoding", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], /U\+001A/],
  ] as const) {
    it(`refuses ${what}`, async () => assert.match(await formOf(Uint8Array.from(bytes)), why));
  }

  it("gives back the same bytes for everything it accepts", async () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .tuple(
          fc.string({ unit: "grapheme" }),
          fc.constantFrom("utf8", "utf16le", "utf16be", "gbk", "shift_jis", "win1252"),
          fc.boolean(),
        )
        .map(([text, encoding, addBOM]) => new Uint8Array(iconv.encode(text, encoding, { addBOM }))),
    );
    await fc.assert(
      fc.asyncProperty(piece, async (bytes) => void (await formOf(bytes))),
      { numRuns: 2_000 },
    );
  });
});

describe("writing text as bytes", () => {
  it("gives any bytes back that were taken as binary, and takes nothing else for that", async () => {
    const any = fc.uint8Array({ maxLength: 20_000 });
    const law = async (bytes: Uint8Array) =>
      assert.deepEqual(await encode(binaryText(bytes), BINARY), { kind: "bytes", bytes });
    await fc.assert(fc.asyncProperty(any, law), { numRuns: 50 });
    assert.deepEqual(await encode("é€", BINARY), { kind: "lossy", at: 1 });
  });

  for (const [encoding, text, at] of [
    ["gbk", "ab😀", 2],
    ["win1252", "é中", 1],
    ["shift_jis", "日本é", 2],
    ["utf8", "a\ud800b", 1],
  ] as const) {
    it(`says where ${encoding} has no character`, async () => {
      assert.deepEqual(await encode(text, { encoding, bom: false }), { kind: "lossy", at });
    });
  }
});
