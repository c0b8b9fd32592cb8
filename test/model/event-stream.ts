import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";

/** A frame of an event stream, as the service writes it. */
export function frame(headers: Readonly<Record<string, string>>, payload: unknown): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => headerOf(name, value)));
  const body = Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + head.length + body.length, 0);
  prelude.writeUInt32BE(head.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const unchecked = Buffer.concat([prelude, head, body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(unchecked));
  return Buffer.concat([unchecked, checksum]);
}

function headerOf(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([7]),
    length,
    Buffer.from(value),
  ]);
}

/** An event. */
export const event = (type: string, payload: unknown): Buffer =>
  frame({ ":message-type": "event", ":event-type": type, ":content-type": "application/json" }, payload);

/** An exception. */
export const exception = (type: string, payload: unknown): Buffer =>
  frame({ ":message-type": "exception", ":exception-type": type }, payload);

/** Words of the model. */
export const said = (content: string): Buffer => event("assistantResponseEvent", { content });

/** A part of a call. */
export const used = (toolUseId: string, more: Readonly<Record<string, unknown>>): Buffer =>
  event("toolUseEvent", { toolUseId, name: "look", ...more });
