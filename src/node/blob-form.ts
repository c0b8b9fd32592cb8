import { lazy } from "./lazy.ts";

/** How a blob lies in its file: one sign, then its bytes as they are or deflated (RFC 1951). */
const RAW = 0x72;
const DEFLATED = 0x64;
/** Smaller ones gain nothing, in bytes. */
const MIN_DEFLATED = 256;
/** Deflated in place, which is sooner done than a thread is asked; in bytes. */
const SMALL = 32 * 1024;
/** Larger ones are deflated in haste, in bytes. */
const LARGE = 1024 * 1024;

/** The file of a blob with these bytes: deflated where that saves a tenth or more. */
export async function packed(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length < MIN_DEFLATED) return signed(RAW, bytes);
  const small = bytes.length <= SMALL ? lazy.zlib.deflateRawSync(bytes, { level: 4 }) : await deflated(bytes);
  return small.length < bytes.length * 0.9 ? signed(DEFLATED, small) : signed(RAW, bytes);
}

/** The bytes of a blob's file; `undefined` when it is none, or damaged so that it cannot be read. */
export async function unpacked(file: Uint8Array): Promise<Uint8Array | undefined> {
  if (file[0] === RAW) return new Uint8Array(file.subarray(1));
  if (file[0] !== DEFLATED) return undefined;
  const { inflateRaw, inflateRawSync } = lazy.zlib;
  if (file.length <= SMALL) {
    try {
      return new Uint8Array(inflateRawSync(file.subarray(1), { maxOutputLength: LARGE }));
    } catch {
      // It is damaged, or holds far more than its size tells; what follows knows.
    }
  }
  return new Promise((resolve) =>
    inflateRaw(file.subarray(1), (error, done) => resolve(error ? undefined : new Uint8Array(done))),
  );
}

function deflated(bytes: Uint8Array): Promise<Buffer> {
  const level = bytes.length > LARGE ? 1 : 6;
  return new Promise((resolve, reject) =>
    lazy.zlib.deflateRaw(bytes, { level }, (error, done) => (error ? reject(error) : resolve(done))),
  );
}

function signed(sign: number, bytes: Uint8Array): Uint8Array {
  const file = new Uint8Array(bytes.length + 1);
  file[0] = sign;
  file.set(bytes, 1);
  return file;
}
