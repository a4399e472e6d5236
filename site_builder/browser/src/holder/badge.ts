// What a verified badge holds of its holder, and what proves it.

import type { JsonObject } from "../verify/index.ts";
import { objects, text } from "../plate/reading.ts";
import { saltsIn, type Opening } from "./claims.ts";
import { FIELDS, IDENTITY_TYPES, opens, type Field } from "./values.ts";

/** The commitments of one badge, by field; a badge may hold several of one field, or none. */
export type Commitments = Readonly<Record<Field, readonly string[]>>;

/** How a value and a secret stand to a badge. */
export type Fit = "fits" | "fits-not" | "none";

/** Return the commitments that a verified document holds (OB 3.0, IdentityObject): only hashed values are any. */
export function commitmentsOf(document: JsonObject): Commitments {
  const identities = objects(document, "credentialSubject", "identifier").filter(({ hashed }) => hashed === true);
  const of = (field: Field): string[] =>
    identities.filter((item) => text(item, "identityType") === IDENTITY_TYPES[field]).map((item) => text(item, "identityHash"));
  return { name: of("name"), email: of("email") };
}

/** True where the badge bears out every opening: one false value, and the whole link proves nothing. */
export function proven(held: Commitments, openings: readonly Opening[]): boolean {
  return openings.length > 0 && openings.every((opening) => isOpened(held, opening));
}

/** Return how a value fits with a secret that a visitor was given, or with a whole link. */
export function tested(held: Commitments, value: string, pasted: string): Fit {
  if (saltsIn(pasted).some(([field, salt]) => isOpened(held, { field, value, salt }))) return "fits";
  return held[fieldOf(value)].length ? "fits-not" : "none";
}

/** Return what a visitor means who writes this. */
export function fieldOf(value: string): Field {
  return value.includes("@") ? "email" : "name";
}

export function holdsNothing(held: Commitments): boolean {
  return FIELDS.every((field) => !held[field].length);
}

function isOpened(held: Commitments, { field, value, salt }: Opening): boolean {
  return held[field].some((found) => opens(found, field, value, salt));
}
