import { Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createUnzip } from "node:zlib";
import type { Transport, VendorAnswer } from "../model/transport.ts";

/** Answers as plain bytes, also from those who pack what was asked for unpacked (RFC 9110, section 8.4). */
export function unpacked(send: Transport): Transport {
  return (request, signal) => send(request, signal).then(plain);
}

function plain(answer: VendorAnswer): VendorAnswer {
  if (answer.headers["content-encoding"] === undefined) return answer;
  const { "content-encoding": packing, "content-length": _, ...headers } = answer.headers;
  const unpack = packing === undefined ? undefined : UNPACKING[packing.trim().toLowerCase()];
  if (unpack === undefined) return answer;
  const packed = Readable.from(answer.body, { objectMode: false });
  const opened = unpack();
  // What breaks before is told by the reader of what comes out; whoever leaves that leaves the vendor, too.
  packed.on("error", (error) => opened.destroy(error));
  opened.on("close", () => packed.destroy());
  return { ...answer, headers, body: packed.pipe(opened) };
}

const UNPACKING: Readonly<Record<string, () => Transform>> = {
  gzip: () => createUnzip(),
  "x-gzip": () => createUnzip(),
  deflate: () => createUnzip(),
  br: () => createBrotliDecompress(),
};
