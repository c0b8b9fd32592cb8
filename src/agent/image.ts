import type { Attachment } from "./events.ts";

/** Largest image a model takes, in bytes: 5 MB once it is in base64 (Anthropic documentation, "Vision"). */
const MAX_BYTES = 3_750_000;
/** Longest edge it takes, in pixels (same place). */
const MAX_EDGE = 8_000;

/** The media type of an image that models can look at, by its first bytes; `undefined` for anything else. */
export function imageType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(head)) return "image/gif";
  return /^RIFF[\s\S]{4}WEBP/.test(head) ? "image/webp" : undefined;
}

/**
 * Why a model would refuse an image, as a sentence; `undefined` when it would not. One that is refused would be
 * refused again with every later request, for it stays in the conversation.
 */
export function unfitImage(bytes: Uint8Array): string | undefined {
  if (imageType(bytes) === undefined) return "It is no PNG, JPEG, GIF or WebP image.";
  if (bytes.length > MAX_BYTES)
    return `The image has ${bytes.length} bytes; models take ${MAX_BYTES} at most. Make it smaller.`;
  const edge = Math.max(...sizeOf(bytes));
  return edge > MAX_EDGE
    ? `The image is ${edge} pixels long; models take ${MAX_EDGE} at most. Make it smaller.`
    : undefined;
}

/** Why an attachment cannot be sent; `undefined` when it can. */
export function unfitAttachment(attachment: Attachment): string | undefined {
  if (attachment.kind !== "image") return undefined;
  const bytes = bytesOf(attachment.data);
  const type = bytes && imageType(bytes);
  const why = bytes ? unfitImage(bytes) : "It is no base64.";
  if (why !== undefined) return `${attachment.name} was not sent: ${why}`;
  return type === attachment.mediaType
    ? undefined
    : `${attachment.name} was not sent: it is ${type} and not ${attachment.mediaType}.`;
}

function bytesOf(data: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(data), (it) => it.charCodeAt(0));
  } catch {
    // Not base64: the caller says so.
    return undefined;
  }
}

/**
 * Width and height in pixels, as the formats' specifications place them: PNG's IHDR (W3C, 11.2.2), GIF89a's screen
 * descriptor, JPEG's frame header (ITU T.81, B.2.2), WebP's VP8, VP8L and VP8X chunks (RFC 9649). [0, 0]: not found.
 */
function sizeOf(bytes: Uint8Array): readonly [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (imageType(bytes)) {
      case "image/png":
        return [view.getUint32(16), view.getUint32(20)];
      case "image/gif":
        return [view.getUint16(6, true), view.getUint16(8, true)];
      case "image/jpeg":
        return jpegSize(view);
      default:
        return webpSize(view);
    }
  } catch {
    // Cut short: the bytes that would say it are not there.
    return [0, 0];
  }
}

function jpegSize(view: DataView): readonly [number, number] {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const isFrame =
      marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
  }
}

function webpSize(view: DataView): readonly [number, number] {
  const low24 = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  switch (view.getUint8(15)) {
    case 0x58: // VP8X
      return [low24(24) + 1, low24(27) + 1];
    case 0x4c: {
      // VP8L
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    default:
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  }
}
