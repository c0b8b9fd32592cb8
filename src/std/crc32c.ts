/**
 * CRC-32C (Castagnoli) of `bytes` as an unsigned number; polynomial and use as in RFC 3720, appendix B.4. Eight bytes at
 * a time: M. Kounavis, F. Berry, "A Systematic Approach to Building High Performance Software-based CRC Generators"
 * (2005), "slicing-by-8".
 */
export function crc32c(bytes: Uint8Array): number {
  const { length } = bytes;
  const byte = (at: number) => bytes[at] ?? 0;
  let crc = 0xffffffff;
  let at = 0;
  for (; at + 8 <= length; at += 8) {
    const low = crc ^ (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24));
    crc =
      entry(7, low & 0xff) ^
      entry(6, (low >>> 8) & 0xff) ^
      entry(5, (low >>> 16) & 0xff) ^
      entry(4, low >>> 24) ^
      entry(3, byte(at + 4)) ^
      entry(2, byte(at + 5)) ^
      entry(1, byte(at + 6)) ^
      entry(0, byte(at + 7));
  }
  for (; at < length; at++) crc = (crc >>> 8) ^ entry(0, (crc ^ byte(at)) & 0xff);
  return (crc ^ 0xffffffff) >>> 0;
}

/** What a byte does to the checksum when `behind` more bytes of zero follow it. */
function entry(behind: number, byte: number): number {
  return TABLES[behind * 256 + byte] ?? 0;
}

const TABLES = new Uint32Array(8 * 256);
for (let value = 0; value < 256; value++) {
  let entry = value;
  for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >>> 1) ^ 0x82f63b78 : entry >>> 1;
  TABLES[value] = entry;
}
for (let at = 256; at < TABLES.length; at++) {
  const before = TABLES[at - 256] ?? 0;
  TABLES[at] = (before >>> 8) ^ (TABLES[before & 0xff] ?? 0);
}
