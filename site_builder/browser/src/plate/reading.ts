// What a verified document says, read without trust in its form: every value may be missing or of another kind.

import { isList, isObject } from "../verify/strict-json.ts";
import type { Json, JsonObject } from "../verify/index.ts";

/** Return the text at a key; empty where there is none. */
export function text(from: Json | undefined, ...keys: readonly string[]): string {
  let at: Json | undefined = from;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return typeof at === "string" || typeof at === "number" ? String(at) : "";
}

/** Return the objects at a key, in a list or alone. */
export function objects(from: Json | undefined, ...keys: readonly string[]): JsonObject[] {
  let at: Json | undefined = from;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return (isList(at) ? [...at] : [at]).filter(isObject);
}

/** Return the object at a key; an empty one where there is none. */
export function object(from: Json | undefined, ...keys: readonly string[]): JsonObject {
  return objects(from, ...keys)[0] ?? {};
}

/** Return the texts at a key, in a list or alone. */
export function texts(from: JsonObject, key: string): string[] {
  const found = from[key];
  return (isList(found) ? [...found] : [found]).filter((item): item is string => typeof item === "string");
}

/** Return the UTC day that a document's date-time names; null where it is none. */
export function day(written: string): Date | null {
  const found = /^\d{4}-\d\d-\d\dT/.test(written) ? new Date(written) : null;
  return found && !Number.isNaN(found.getTime()) ? found : null;
}
