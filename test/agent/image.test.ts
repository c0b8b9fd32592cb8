import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { imageType, unfitAttachment, unfitImage } from "../../src/agent/image.ts";

/** The first bytes of a PNG of that size: all that is looked at. */
function png(width: number, height: number, length = 40): Uint8Array {
  const bytes = Buffer.alloc(length);
  bytes.write("\x89PNG\r\n\x1a\n", "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

function jpeg(width: number, height: number): Uint8Array {
  const app = [0xff, 0xe0, 0x00, 0x04, 0x00, 0x00];
  const frame = [0xff, 0xc0, 0x00, 0x0b, 0x08, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 0];
  return Uint8Array.from([0xff, 0xd8, ...app, ...frame]);
}

const attached = (bytes: Uint8Array, mediaType = "image/png") =>
  ({ kind: "image", name: "x", mediaType, data: Buffer.from(bytes).toString("base64") }) as const;

describe("an image for a model", () => {
  for (const [what, bytes, expected] of [
    ["a small PNG", png(800, 600), undefined],
    ["a PNG that is too wide", png(9000, 10), /9000 pixels/],
    ["a JPEG that is too high", jpeg(10, 8001), /8001 pixels/],
    ["a small JPEG", jpeg(800, 600), undefined],
    ["a file that is too heavy", png(10, 10, 4_000_000), /4000000 bytes/],
    ["a picture in another format", new TextEncoder().encode("<svg xmlns='…'/>"), /no PNG/],
    ["nothing at all", new Uint8Array(), /no PNG/],
  ] as const) {
    it(`${expected ? "refuses" : "takes"} ${what}`, () => {
      const why = unfitImage(bytes);
      if (expected) assert.match(why ?? "", expected);
      else assert.equal(why, undefined);
    });
  }

  it("must be what it says it is", () => {
    assert.equal(unfitAttachment(attached(png(8, 8))), undefined);
    assert.match(
      unfitAttachment(attached(png(8, 8), "image/jpeg")) ?? "",
      /it is image\/png and not image\/jpeg/,
    );
    assert.match(
      unfitAttachment({ kind: "image", name: "x", mediaType: "image/png", data: "%%%" }) ?? "",
      /base64/,
    );
  });

  it("is told by its bytes", () => assert.equal(imageType(jpeg(1, 1)), "image/jpeg"));
});
