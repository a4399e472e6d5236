// JSON from strangers, read strictly (site_builder/proof/strict_json.py): two readers must see one document.

import { JsonRefused } from "./faults.ts";
import type { Json, JsonObject } from "./verdict.ts";

const MAX_BYTES = 512 * 1024;
const MAX_DEPTH = 40;

const MARK = /\\.|["[\]{}]/gs;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HALF = /\p{Cs}/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t",
};

/**
 * Return the JSON object that `raw` spells; throw {@link JsonRefused}: too-large, encoding, too-deep, syntax,
 * duplicate-key, number, surrogate, not-an-object.
 */
export function parse(raw: Uint8Array): JsonObject {
  if (raw.length > MAX_BYTES) throw new JsonRefused("too-large");
  const text = decoded(raw);
  if (depth(text) > MAX_DEPTH) throw new JsonRefused("too-deep");
  const reader = new Reader(text);
  const value = reader.document();
  if (reader.halves) throw new JsonRefused("surrogate");
  if (!isObject(value)) throw new JsonRefused("not-an-object");
  return value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function decoded(raw: Uint8Array): string {
  if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) throw new JsonRefused("encoding");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw new JsonRefused("encoding");
  }
}

/** Return how deep brackets nest outside strings; measured first, because the parser recurses. */
function depth(text: string): number {
  let now = 0;
  let deepest = 0;
  let inString = false;
  for (const [mark] of text.matchAll(MARK)) {
    if (mark === '"') inString = !inString;
    else if (inString || mark[0] === "\\") continue;
    else if (mark === "[" || mark === "{") deepest = Math.max(deepest, ++now);
    else now--;
  }
  return deepest;
}

class Reader {
  /** True once a text held half of a surrogate pair: only an escape can spell one. */
  halves = false;
  private at = 0;

  constructor(readonly text: string) {}

  document(): Json {
    this.space();
    const value = this.value();
    this.space();
    if (this.at !== this.text.length) this.syntax();
    return value;
  }

  private value(): Json {
    const sign = this.text[this.at];
    if (sign === "{") return this.object();
    if (sign === "[") return this.list();
    if (sign === '"') return this.string();
    for (const [word, value] of [["null", null], ["true", true], ["false", false]] as const) {
      if (this.takes(word)) return value;
    }
    for (const word of ["NaN", "Infinity", "-Infinity"]) {
      if (this.takes(word)) throw new JsonRefused("number");
    }
    return this.number();
  }

  private object(): JsonObject {
    // No prototype: a key named __proto__ is a key like any other.
    const found = Object.create(null) as Record<string, Json>;
    let twice = false;
    this.at++;
    this.space();
    if (this.takes("}")) return found;
    do {
      this.space();
      if (this.text[this.at] !== '"') this.syntax();
      const key = this.string();
      this.space();
      if (!this.takes(":")) this.syntax();
      this.space();
      const value = this.value();
      twice ||= key in found;
      found[key] = value;
      this.space();
    } while (this.takes(","));
    if (!this.takes("}")) this.syntax();
    if (twice) throw new JsonRefused("duplicate-key");
    return found;
  }

  private list(): Json[] {
    const found: Json[] = [];
    this.at++;
    this.space();
    if (this.takes("]")) return found;
    do {
      this.space();
      found.push(this.value());
      this.space();
    } while (this.takes(","));
    if (!this.takes("]")) this.syntax();
    return found;
  }

  private string(): string {
    let found = "";
    let escaped = false;
    this.at++;
    for (;;) {
      found += this.match(PLAIN)[0];
      const sign = this.text[this.at++];
      if (sign === '"') break;
      if (sign !== "\\") this.syntax();
      escaped = true;
      found += this.escape();
    }
    if (escaped && HALF.test(found)) this.halves = true;
    return found;
  }

  private escape(): string {
    const sign = this.text[this.at++] ?? "";
    if (sign !== "u") return ESCAPES[sign] ?? this.syntax();
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.syntax();
    this.at += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }

  private number(): number {
    const [digits, fraction, exponent] = this.match(NUMBER);
    if (!digits) this.syntax();
    const value = Number(digits);
    const whole = fraction === undefined && exponent === undefined;
    const fits = whole ? digits.length <= 17 && Number.isSafeInteger(value) : Number.isFinite(value);
    if (!fits) throw new JsonRefused("number");
    return value === 0 ? 0 : value;
  }

  private match(form: RegExp): RegExpExecArray | [""] {
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    this.at += found?.[0].length ?? 0;
    return found ?? [""];
  }

  private space(): void {
    this.match(SPACE);
  }

  private takes(word: string): boolean {
    const found = this.text.startsWith(word, this.at);
    if (found) this.at += word.length;
    return found;
  }

  private syntax(): never {
    throw new JsonRefused("syntax");
  }
}
