import type { VendorAnswer } from "../model/transport.ts";

/** A stream of bytes that has begun. */
export interface BegunBytes {
  readonly first: Uint8Array;
  /** What comes behind `first`. */
  readonly rest: AsyncIterator<Uint8Array>;
}

/**
 * The stream, once its first bytes are there: until then the client has nothing, and somebody else may be asked.
 * `undefined`: it ended without any. Rejects with what the network says.
 */
export async function begunBytes({ body }: VendorAnswer): Promise<BegunBytes | undefined> {
  const rest = body[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await rest.next();
    if (done) return undefined;
    if (value.length > 0) return { first: value, rest };
  }
}

/** A stream of which nothing has been read. */
export function unbegun({ body }: VendorAnswer): BegunBytes {
  return { first: NOTHING, rest: body[Symbol.asyncIterator]() };
}

const NOTHING = new Uint8Array(0);

/** All bytes of a stream, from its first on. */
export async function* allBytes({ first, rest }: BegunBytes): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
