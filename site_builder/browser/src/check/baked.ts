// Badges baked into pictures (Open Badges 3.0, 5.3): the text is taken out of the file, nothing of it is shown or run.

import type { Sentence } from "../verify/index.ts";

/** Thrown for a picture without a badge that this page can check; `sentence` says why. */
export class NotBaked extends Error {
  readonly sentence: Sentence;

  constructor(key: string) {
    super(key);
    this.sentence = { key: `check.refused.${key}`, params: {} };
  }
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = "openbadgecredential";
const OLD_KEYWORD = "openbadges";
const MOST_CHUNKS = 10_000;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** Return the badge's bytes in a PNG's one iTXt chunk (5.3.1); throw {@link NotBaked}. */
export function fromPng(bytes: Uint8Array): Uint8Array {
  const found = [...chunks(bytes)].filter(({ keyword }) => keyword === KEYWORD);
  if (found.length > 1) throw new NotBaked("two-badges");
  const [chunk] = found;
  if (chunk) return unpacked(chunk.rest);
  const isOld = [...chunks(bytes)].some(({ keyword }) => keyword === OLD_KEYWORD);
  throw new NotBaked(isOld ? "older" : "no-badge-in-picture");
}

/** Yield the texts of a PNG: their keyword, and what follows it. */
function* chunks(bytes: Uint8Array): Generator<{ keyword: string; rest: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  for (let count = 0; at + 12 <= bytes.length; count++) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length || count > MOST_CHUNKS) throw new NotBaked("broken-picture");
    const kind = latin(bytes.subarray(at + 4, at + 8));
    if (kind === "iTXt" || kind === "tEXt") {
      const data = bytes.subarray(at + 8, end);
      const stop = data.indexOf(0);
      if (stop > 0 && stop < 80) yield { keyword: latin(data.subarray(0, stop)), rest: data.subarray(stop + 1) };
    }
    if (kind === "IEND") return;
    at = end + 4;
  }
  throw new NotBaked("broken-picture");
}

/** Return the text of an iTXt chunk, after its two flags, language and translated keyword. */
function unpacked(rest: Uint8Array): Uint8Array {
  if (rest[0] !== 0 || rest[1] !== 0) throw new NotBaked("packed");
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) throw new NotBaked("broken-picture");
  return rest.slice(translated + 1);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

const PREFIX = /xmlns:([A-Za-z][\w-]{0,40})\s*=\s*["']https:\/\/purl\.imsglobal\.org\/ob\/v3p0["']/;
const OLD_NAMESPACE = /xmlns:[A-Za-z][\w-]{0,40}\s*=\s*["']https?:\/\/openbadges\.org/;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/**
 * Return the badge's bytes in an SVG's one `openbadges:credential` (5.3.2); throw {@link NotBaked}. The element is
 * found in the text: a drawing of a stranger is not parsed, so that nothing in it can be applied, loaded or expanded.
 */
export function fromSvg(text: string): Uint8Array {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new NotBaked("broken-picture");
  const prefix = PREFIX.exec(text)?.[1];
  if (prefix === undefined) throw new NotBaked(OLD_NAMESPACE.test(text) ? "older" : "no-badge-in-picture");
  const [, first, ...more] = text.split(`<${prefix}:credential`);
  if (first === undefined) throw new NotBaked("no-badge-in-picture");
  if (more.length) throw new NotBaked("two-badges");
  const start = first.indexOf(">");
  const end = first.indexOf(`</${prefix}:credential`);
  if (first.slice(0, start).includes("verify") && end <= start + 1) throw new NotBaked("jwt");
  if (start < 0 || end < start) throw new NotBaked("broken-picture");
  return new TextEncoder().encode(content(first.slice(start + 1, end).trim()));
}

/** Return what an element holds: one CDATA section as it is, else text with its entities written out. */
function content(inner: string): string {
  const literal = /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(inner)?.[1];
  if (literal !== undefined && !literal.includes("]]>")) return literal.trim();
  if (inner.includes("<")) throw new NotBaked("broken-picture");
  return inner.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? "");
}
