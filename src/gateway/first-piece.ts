import type { VendorAnswer } from "../model/transport.ts";

/**
 * The answer, once its first bytes are there: until then the client has nothing, and somebody else may be asked.
 * `undefined`: it ended without any. Rejects with what the network says.
 */
export async function withFirstPiece(answer: VendorAnswer): Promise<VendorAnswer | undefined> {
  const pieces = answer.body[Symbol.asyncIterator]();
  let first: IteratorResult<Uint8Array> | undefined = await pieces.next();
  while (!first.done && first.value.length === 0) first = await pieces.next();
  if (first.done) return undefined;
  const body: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => body,
    next() {
      const held = first;
      first = undefined;
      return held === undefined ? pieces.next() : Promise.resolve(held);
    },
    return: () => pieces.return?.() ?? Promise.resolve({ done: true, value: undefined }),
  };
  return { ...answer, body };
}
