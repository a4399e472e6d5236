// Claim links: what proves a badge's holder, behind the # that no server sees (site_builder/identity/claims.py).

import { FIELDS, normalised, type Field } from "./values.ts";

/** A value and the salt that opens its commitment. Both are secret: they stay in this page's memory. */
export interface Opening {
  readonly field: Field;
  readonly value: string;
  readonly salt: string;
}

type Given = ReadonlyMap<string, string>;

/**
 * Return what a fragment says of a holder, with or without its #: empty where it says nothing of one; null where it does,
 * but not as a claim link would: cut short, said twice, or not to be decoded.
 */
export function openingsIn(fragment: string): readonly Opening[] | null {
  const given = pairsIn(fragment);
  if (!given) return null;
  const said = FIELDS.filter((field) => given.has(field) || given.has(saltOf(field)));
  const openings = said.map((field) => ({ field, value: given.get(field) ?? "", salt: given.get(saltOf(field)) ?? "" }));
  return openings.every(({ value, salt }) => value && salt) ? openings : null;
}

/** Return the salts in what was pasted, by field: a whole link, or the secret alone, which may be of either field. */
export function saltsIn(pasted: string): readonly (readonly [Field, string])[] {
  const text = pasted.trim();
  const given = text.includes("=") ? pairsIn(text.slice(text.indexOf("#") + 1)) : null;
  return FIELDS.map((field) => [field, given ? (given.get(saltOf(field)) ?? "") : text]);
}

/** Return the address of `page` with these openings behind its #; the plain address where there are none. */
export function claimLink(page: string, openings: readonly Opening[]): string {
  const parts = openings.map(({ field, value, salt }) => `${field}=${escaped(normalised(field, value))}&${saltOf(field)}=${salt}`);
  return parts.length ? `${page}#${parts.join("&")}` : page;
}

function saltOf(field: Field): string {
  return `${field}.salt`;
}

/** Return the pairs of a claim link's fragment; what other keys say is nothing to us. Null for what no link holds. */
function pairsIn(fragment: string): Given | null {
  const found = new Map<string, string>();
  for (const pair of fragment.replace(/^#/, "").split("&")) {
    const at = pair.indexOf("=");
    const key = at < 0 ? pair : pair.slice(0, at);
    if (!FIELDS.some((field) => key === field || key === saltOf(field))) continue;
    const value = decoded(at < 0 ? "" : pair.slice(at + 1));
    if (value === null || found.has(key)) return null;
    found.set(key, value);
  }
  return found;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (reason) {
    if (reason instanceof URIError) return null;
    throw reason;
  }
}

/** Only letters, digits and -._~ stand as they are, so that no mail program cuts the link short. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
