// Text measured and ordered as Python does, by code points: both verifiers must cut and sort in the same places.

/** Return how many code points `text` has. */
export function size(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Return the first `limit` code points. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : [...text].slice(0, limit).join("");
}

/** Order by code points; JavaScript's own order is by UTF-16 units, where U+1F600 comes before U+FF01. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const one = a.charCodeAt(i);
    const two = b.charCodeAt(i);
    if (one !== two) return rank(one) - rank(two);
  }
  return a.length - b.length;
}

// Surrogates stand for what lies behind U+FFFF.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

const HIDDEN = /[\p{C}\p{Z}]/gu;

/** Return a stranger's text on one line; control and invisible characters are written as <U+XXXX>. */
export function printable(text: string, limit = 2000): string {
  const short = size(text) <= limit ? text : `${cut(text, limit - 1)}…`;
  return short.replace(HIDDEN, (sign) => (sign === " " ? sign : `<U+${hex(sign)}>`));
}

function hex(sign: string): string {
  return (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
