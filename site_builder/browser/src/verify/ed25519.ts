// Ed25519 signatures, as strictly as libsodium, which the command line asks: two verifiers must not differ.

import { Point } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";

import { hex } from "./bytes.ts";

/** The order of the base point, 2^252 + 27742317777372353535851937790883648493. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
/** 2^255 - 19; a coordinate at or above it is a second spelling of a smaller one. */
const PRIME = 2n ** 255n - 19n;
/** The y coordinates of the points of order 1, 2, 4 and 8, canonical or not. */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  PRIME - 1n,
  PRIME,
  PRIME + 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

/** Return true where `signature` (64 bytes) over `message` was made with the private key of `key` (32 bytes). */
export async function signatureFits(signature: Uint8Array, message: Uint8Array, key: Uint8Array): Promise<boolean> {
  const [r, s] = [signature.slice(0, 32), signature.slice(32)];
  if (number(s) >= ORDER || SMALL_ORDER.has(y(r)) || SMALL_ORDER.has(y(key)) || y(key) >= PRIME) return false;
  try {
    const imported = await crypto.subtle.importKey("raw", Uint8Array.from(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    // A page over plain http has no crypto.subtle, an older browser no Ed25519 in it.
    return byHand(r, number(s), message, key);
  }
}

/** RFC 8032, 5.1.7 without the cofactor, as browsers and libsodium do it: R must be exactly what comes out. */
function byHand(r: Uint8Array, s: bigint, message: Uint8Array, key: Uint8Array): boolean {
  try {
    const a = Point.fromBytes(key);
    const k = number(sha512(Uint8Array.from([...r, ...key, ...message]))) % ORDER;
    return hex(Point.BASE.multiply(s, false).subtract(a.multiply(k, false)).toBytes()) === hex(r);
  } catch {
    return false; // the key is no point of the curve
  }
}

/** Return the number that bytes spell, the smallest byte first. */
function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes.slice().reverse())}`);
}

function y(point: Uint8Array): bigint {
  return number(point) & (2n ** 255n - 1n);
}
