// The two values a holder can prove, in the one form in which they are hashed (site_builder/identity/values.py).

import { sha256 } from "@noble/hashes/sha2.js";

import { hex, utf8 } from "../verify/bytes.ts";

/** A value that a badge commits to. */
export type Field = "name" | "email";

export const FIELDS: readonly Field[] = ["name", "email"];

/** The `identityType` of each (OB 3.0, IdentityObject). */
export const IDENTITY_TYPES: Readonly<Record<Field, string>> = { name: "name", email: "emailAddress" };

// What Python's str.strip takes off. JavaScript's trim() knows neither the separators nor NEL, and takes a byte order mark.
const EDGES = /^[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

// Value and salt are hashed as one text. Were a salt's length not fixed, a piece of the name could pose as salt:
// "Ada" with the salt " Lovelace8c1f..." has the digest of "Ada Lovelace", and would name somebody else.
const SALT = /^[0-9a-f]{32}$/;

/** Return `value` trimmed and in Unicode form NFC; an e-mail address also in lower case. */
export function normalised(field: Field, value: string): string {
  const text = value.replace(EDGES, "").normalize("NFC");
  // Lowering can take a text out of its normal form (Turkish dotted I), so it is composed again.
  return field === "email" ? text.toLowerCase().normalize("NFC") : text;
}

/** Return `sha256$` and the hexadecimal SHA-256 of the normalised value followed by its salt. */
export function commitment(field: Field, value: string, salt: string): string {
  return `sha256$${hex(sha256(utf8(normalised(field, value) + salt)))}`;
}

/** Return true where `value` and `salt` are what the commitment `found` was made of. */
export function opens(found: string, field: Field, value: string, salt: string): boolean {
  return SALT.test(salt) && normalised(field, value) !== "" && commitment(field, value, salt) === found;
}
