// One gzip member (RFC 1952 and 1951), unpacked under a cap, with nothing behind it and nothing missing.
//
// By hand, and as strict as zlib: engines' DecompressionStream differ on what may follow the first member, cannot be
// stopped at a cap before they have unpacked more, and are missing in browsers of 2022.

/** Thrown where the bytes unpack to more than the cap. */
export class TooLarge extends Error {}

class Damaged extends Error {}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END = 256;

/** Return what `packed` holds; throw {@link TooLarge}, or another error where it is not one whole member. */
export function gunzip(packed: Uint8Array, cap: number): Uint8Array {
  const bits = new Bits(packed, bodyOf(packed));
  const out = new Output(cap);
  for (let last = 0; !last; ) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) stored(bits, out);
    else if (kind === 1) inflate(bits, out, FIXED.lengths, FIXED.distances);
    else if (kind === 2) inflate(bits, out, ...tables(bits));
    else throw new Damaged();
  }
  bits.align();
  const found = out.bytes.slice(0, out.length);
  const whole = bits.word() === crc32(found) && bits.word() === found.length && bits.at === packed.length;
  if (!whole) throw new Damaged();
  return found;
}

/** Return where the compressed bytes begin, behind the header and what it may carry. */
function bodyOf(packed: Uint8Array): number {
  const flags = packed[3] ?? 0xff;
  if (packed[0] !== 0x1f || packed[1] !== 0x8b || packed[2] !== 8 || flags & 0xe0) throw new Damaged();
  let at = 10;
  if (flags & 4) at += 2 + (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0);
  for (const named of [8, 16]) {
    if (!(flags & named)) continue;
    while (packed[at++]) if (at >= packed.length) throw new Damaged();
  }
  if (!(flags & 2)) return at;
  const sum = (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0);
  if (sum !== (crc32(packed.slice(0, at)) & 0xffff)) throw new Damaged();
  return at + 2;
}

class Bits {
  private held = 0;
  private count = 0;

  constructor(
    private readonly data: Uint8Array,
    public at: number,
  ) {}

  byte(): number {
    const found = this.data[this.at++];
    if (found === undefined) throw new Damaged();
    return found;
  }

  /** Return the next `count` bits, the first one lowest. */
  take(count: number): number {
    for (; this.count < count; this.count += 8) this.held |= this.byte() << this.count;
    const found = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return found;
  }

  /** Leave the rest of a byte that was begun. */
  align(): void {
    this.held = this.count = 0;
  }

  word(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }
}

class Output {
  readonly bytes: Uint8Array;
  length = 0;

  constructor(private readonly cap: number) {
    this.bytes = new Uint8Array(cap);
  }

  put(byte: number): void {
    if (this.length === this.cap) throw new TooLarge();
    this.bytes[this.length++] = byte;
  }

  copy(distance: number, length: number): void {
    if (distance > this.length) throw new Damaged();
    for (let i = 0; i < length; i++) this.put(this.bytes[this.length - distance] ?? 0);
  }
}

/** A canonical Huffman code: how many codes of each length there are, and their symbols in order. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

/** Return the code of these lengths; only one of a single one-bit symbol, or of none, may be incomplete. */
function codeOf(lengths: readonly number[], mayBeOne = true): Code {
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) if (length) counts[length]!++;
  const symbols = [...lengths.keys()].filter((symbol) => lengths[symbol]);
  symbols.sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  let left = 1;
  for (const count of counts.slice(1)) {
    left = left * 2 - count;
    if (left < 0) throw new Damaged();
  }
  const alone = symbols.length === 0 || (mayBeOne && symbols.length === 1 && counts[1] === 1);
  if (left > 0 && !alone) throw new Damaged();
  return { counts, symbols };
}

function symbol(bits: Bits, { counts, symbols }: Code): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16; length++) {
    code |= bits.take(1);
    const count = counts[length]!;
    if (code - count < first) return symbols[index + code - first]!;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Damaged();
}

const FIXED = {
  lengths: codeOf([...Array(288).keys()].map((at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  distances: codeOf(new Array<number>(32).fill(5)),
};

function tables(bits: Bits): [Code, Code] {
  const [lengths, distances, codes] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  if (lengths > 286 || distances > 30) throw new Damaged();
  const sizes = new Array<number>(19).fill(0);
  for (const at of ORDER.slice(0, codes)) sizes[at] = bits.take(3);
  const code = codeOf(sizes, false);
  const found: number[] = [];
  while (found.length < lengths + distances) found.push(...run(bits, symbol(bits, code), found));
  if (found.length > lengths + distances || !found[END]) throw new Damaged();
  return [codeOf(found.slice(0, lengths)), codeOf(found.slice(lengths))];
}

function run(bits: Bits, size: number, before: readonly number[]): number[] {
  if (size < 16) return [size];
  if (size === 17) return new Array<number>(3 + bits.take(3)).fill(0);
  if (size === 18) return new Array<number>(11 + bits.take(7)).fill(0);
  const last = before[before.length - 1];
  if (last === undefined) throw new Damaged();
  return new Array<number>(3 + bits.take(2)).fill(last);
}

function inflate(bits: Bits, out: Output, lengths: Code, distances: Code): void {
  for (let found = symbol(bits, lengths); found !== END; found = symbol(bits, lengths)) {
    if (found < END) out.put(found);
    else if (found > 285) throw new Damaged();
    else {
      const length = found === 285 ? 258 : stepped(bits, found - 257, 4) + 3;
      const far = symbol(bits, distances);
      if (far > 29) throw new Damaged();
      out.copy(stepped(bits, far, 2) + 1, length);
    }
  }
}

/** Return the value of a length or distance symbol: `group` of them share a number of further bits. */
function stepped(bits: Bits, at: number, group: number): number {
  const extra = Math.max(0, Math.floor(at / group) - 1);
  return extra ? ((group + (at % group)) << extra) + bits.take(extra) : at;
}

function stored(bits: Bits, out: Output): void {
  bits.align();
  const [length, inverse] = [bits.byte() | (bits.byte() << 8), bits.byte() | (bits.byte() << 8)];
  if (length !== (inverse ^ 0xffff)) throw new Damaged();
  for (let i = 0; i < length; i++) out.put(bits.byte());
}

function crc32(data: Uint8Array): number {
  let sum = -1;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
