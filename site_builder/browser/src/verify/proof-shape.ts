// What may stand in a document that is signed as a graph, judged on the JSON alone (site_builder/proof/shape.py).

import { ProofFault } from "./faults.ts";
import { isList, isObject } from "./strict-json.ts";
import type { Json, JsonObject } from "./verdict.ts";

// White space of any script is left out: jsonld.js drops statements about an IRI with it.
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\u0000-\u0020<>"{}|^`\\\u007f-\u009f]*$/;
const UNSIGNABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
// Only one of the two circulating copies of the Open Badges context defines these.
const REFUSED_TERMS = new Set(["jti", "endorsementJwt"]);

type Path = readonly (string | number)[];

/** Return true for an absolute IRI that N-Quads can write; blank node identifiers are none. */
export function isIri(text: unknown): boolean {
  return typeof text === "string" && IRI.test(text);
}

/** Throw a {@link ProofFault} at the first place whose meaning a proof would not cover. */
export function refuseUnsignedShapes(document: JsonObject): void {
  checkObject(document, [], document["@context"]);
}

function notCovered(path: Path): never {
  throw new ProofFault("not-covered", "not-covered", pointerTo(path));
}

function undefinedTerm(path: Path): never {
  throw new ProofFault("undefined-term", "undefined-term", pointerTo(path));
}

/** Return the JSON pointer (RFC 6901) of `path`. */
function pointerTo(path: Path): string {
  return path.map((step) => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

function check(value: Json, path: Path, context: Json | undefined): void {
  if (isObject(value)) checkObject(value, path, context);
  else if (isList(value)) checkList(value, path, context);
  else if (value === null) notCovered(path);
  else if (typeof value === "string") checkText(value, path);
  else if (typeof value === "number") checkNumber(value, path);
}

/** Refuse numbers that JSON-LD libraries write differently; the reasons are told beside the Python original. */
function checkNumber(value: number, path: Path): void {
  const size = Math.abs(value);
  if (size >= 2 ** 53 || (size > 0 && size < 1e-6)) notCovered(path);
  const digits = value.toPrecision(100).replace(/[-.]/g, "").replace(/^0+/, "").replace(/e.*$|0+$/, "");
  if (!Number.isInteger(value) && digits.length === 17) notCovered(path);
}

function checkObject(value: JsonObject, path: Path, context: Json | undefined): void {
  if ("@value" in value) return checkLanguageText(value, path);
  for (const [key, item] of Object.entries(value)) {
    const here = [...path, key];
    if (key === "@context") {
      checkContext(item, here, context);
      continue;
    }
    checkText(key, here);
    if (key.startsWith("@") || key.includes(":")) notCovered(here);
    if (REFUSED_TERMS.has(key) || (key === "id" && !isIri(item))) undefinedTerm(here);
    check(item, here, context);
  }
}

/** Let an embedded credential repeat the document's context, and nothing define terms of its own. */
function checkContext(found: Json, path: Path, context: Json | undefined): void {
  const entries = isList(found) ? found : [found];
  const texts = entries.every((entry) => typeof entry === "string");
  const same = JSON.stringify(found) === JSON.stringify(context);
  if (!same || !texts || !entries.length || new Set(entries).size !== entries.length) notCovered(path);
}

/** VC Data Model 2.0, 11.1 language value object; its base direction would not be signed. */
function checkLanguageText(value: JsonObject, path: Path): void {
  const text = value["@value"];
  const language = value["@language"];
  if (Object.keys(value).length !== 2 || typeof language !== "string" || typeof text !== "string") {
    return notCovered(path);
  }
  if (!LANGUAGE.test(language)) notCovered([...path, "@language"]);
  checkText(text, [...path, "@value"]);
}

function checkList(value: readonly Json[], path: Path, context: Json | undefined): void {
  if (!value.length) notCovered(path);
  const seen = new Set<Json>();
  value.forEach((item, index) => {
    const here = [...path, index];
    if (isList(item) || (seen.has(item) && typeof item !== "object")) notCovered(here);
    seen.add(item);
    check(item, here, context);
  });
}

function checkText(text: string, path: Path): void {
  if (UNSIGNABLE.test(text)) notCovered(path);
}
