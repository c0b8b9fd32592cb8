/**
 * CRC-32 of `bytes` as an unsigned number: the checksum of Ethernet, gzip and PNG (RFC 1952, section 8). Another
 * polynomial than that of `crc32c`.
 */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const it of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ it) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

const TABLE = new Uint32Array(256);
for (let value = 0; value < 256; value++) {
  let entry = value;
  for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >>> 1) ^ 0xedb88320 : entry >>> 1;
  TABLE[value] = entry;
}
