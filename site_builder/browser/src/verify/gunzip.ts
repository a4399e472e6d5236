// One gzip member (RFC 1952), unpacked under a cap, with nothing behind it and nothing missing.

/** Thrown where the bytes unpack to more than the cap. */
export class TooLarge extends Error {}

/** Return what `packed` holds; throw {@link TooLarge}, or any other error where it is not whole. */
export async function gunzip(packed: Uint8Array<ArrayBuffer>, cap: number): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const found = await collected(stream, cap);
  // Engines differ on what may follow the first member, so its end must be the end of the bytes.
  const trailer = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8);
  if (trailer.getUint32(0, true) !== crc32(found) || trailer.getUint32(4, true) !== found.length) {
    throw new Error("carries something more");
  }
  return found;
}

async function collected(stream: ReadableStream<Uint8Array>, cap: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const found = new Uint8Array(cap);
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (length + next.value.length > cap) {
      await reader.cancel();
      throw new TooLarge();
    }
    found.set(next.value, length);
    length += next.value.length;
  }
  return found.slice(0, length);
}

function crc32(data: Uint8Array): number {
  let sum = -1;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
