// Multibase, multikeys and multihashes (site_builder/proof/multibase.py): read strictly, one spelling for one value.

import { sha256 } from "@noble/hashes/sha2.js";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LONGEST = 200;
const ED25519_PUBLIC = [0xed, 0x01];
const SHA2_256 = [0x12, 0x20];

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Return the bytes that `text` spells in base58btc; null for anything else. */
export function base58(text: string): Uint8Array | null {
  if (text.length > LONGEST) return null;
  const bytes: number[] = []; // little end first
  for (const sign of text) {
    let carry = ALPHABET.indexOf(sign);
    if (carry < 0) return null;
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    if (carry) bytes.push(carry);
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...bytes.reverse()]);
}

/** Return the bytes of unpadded base64url, stray bits in its last letter let pass; null for anything else. */
export function base64url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function decode(text: string): Uint8Array | null {
  if (text[0] === "z") return base58(text.slice(1));
  if (text[0] !== "u" || text.length > LONGEST + 1) return null;
  const bytes = base64url(text.slice(1));
  // Stray bits would give a value a second spelling.
  const again = bytes && btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
  return again?.replace(/=/g, "") === text.slice(1) ? bytes : null;
}

function hasPrefix(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length === 32 + prefix.length && prefix.every((byte, i) => bytes[i] === byte);
}

/** Return the 32 bytes of an Ed25519 Multikey (VC Data Integrity EdDSA, 2.1.1); null for any other text. */
export function publicKey(multibase: string): Uint8Array | null {
  const bytes = multibase[0] === "z" ? decode(multibase) : null;
  return bytes && hasPrefix(bytes, ED25519_PUBLIC) ? bytes.slice(2) : null;
}

/** Return true where `text` is the SHA-256 multihash of `data`, in either alphabet. */
export function digestFits(data: Uint8Array, text: string): boolean {
  const claimed = decode(text);
  return claimed !== null && hasPrefix(claimed, SHA2_256) && hex(claimed.slice(2)) === hex(sha256(data));
}
