import { bad } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import type { Asked, Wire } from "./wire.ts";
import { allBlocks, innerBlocks, isWire } from "./wire.ts";

const LARGEST = 10_485_760;

function images(asked: Asked): { readonly path: string; readonly source: Wire }[] {
  return allBlocks(asked).flatMap(({ block, path }) =>
    [
      { path, block },
      ...innerBlocks(block).map((it, n) => ({ path: `${path}.content.${n}`, block: it })),
    ].flatMap((it) =>
      it.block.type === "image" && isWire(it.block.source)
        ? [{ path: it.path, source: it.block.source }]
        : [],
    ),
  );
}

/** Width and height of a PNG (its first chunk, ISO/IEC 15948, 11.2.2); `undefined` for other kinds. */
function sizeOf(source: Wire): { readonly width: number; readonly height: number } | undefined {
  if (source.media_type !== "image/png") return undefined;
  const head = Buffer.from(String(source.data).slice(0, 64), "base64");
  return head.length < 24 ? undefined : { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** Rules about images. */
export const imageRules: readonly Rule[] = [
  {
    name: "too many images",
    check: (asked, { window }) => {
      const most = window > 200_000 ? 600 : 100;
      const found = images(asked).length;
      return found > most ? bad(`messages: too many images: ${found} > ${most} maximum`) : undefined;
    },
  },
  {
    name: "image that is too large",
    check: (asked) => {
      const found = images(asked).find(({ source }) => String(source.data ?? "").length > LARGEST);
      return (
        found &&
        bad(
          `${found.path}.image.source.base64: image exceeds 10 MB maximum: ${String(found.source.data).length} bytes > ${LARGEST} bytes`,
        )
      );
    },
  },
  {
    name: "image of too many pixels",
    check: (asked) => {
      const all = images(asked);
      const most = all.length > 20 ? 2000 : 8000;
      const found = all.find(({ source }) => {
        const size = sizeOf(source);
        return size !== undefined && Math.max(size.width, size.height) > most;
      });
      return (
        found &&
        bad(
          `${found.path}.image.source.base64.data: At least one of the image dimensions exceed max allowed size: ${most} pixels`,
        )
      );
    },
  },
  {
    name: "image of an unknown kind",
    check: (asked) => {
      const kinds = ["image/jpeg", "image/png", "image/gif", "image/webp"];
      const found = images(asked).find(
        ({ source }) => source.type === "base64" && !kinds.includes(String(source.media_type)),
      );
      return (
        found &&
        bad(
          `${found.path}.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'`,
        )
      );
    },
  },
];
