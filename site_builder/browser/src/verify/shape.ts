// The form a badge must have before anything it says is weighed (site_builder/verifying/shape.py).

import { CONTEXTS } from "./context-names.ts";
import { JsonRefused, ProofFault, Refused } from "./faults.ts";
import { nodesOf } from "./guards.ts";
import { parseInstant, type Instant } from "./instants.ts";
import { proofOf } from "./proof.ts";
import { isList, isObject, parse } from "./strict-json.ts";
import { byCodePoint, cut, size } from "./text.ts";
import { say, type Json, type JsonObject } from "./verdict.ts";

const PROOF_FIELDS = new Set(["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"]);
const LONGEST_ID = 2048;

/** A document of the right form. Every word in it is a claim until the proof holds. */
export interface Presented {
  readonly document: JsonObject;
  readonly id: string;
  readonly issuer: string;
  readonly issuerName: string;
  /** The proof's verification method. */
  readonly keyId: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant | null;
}

function refuse(code: string, key = code): never {
  throw new Refused(code, say(`refused.${key}`));
}

/** Return the Open Badges 3.0 credential that `raw` spells, unverified; throw {@link Refused}. */
export function readBadge(raw: Uint8Array): Presented {
  const document = readJson(raw);
  const kinds = texts(document.type);
  if (!kinds.includes("OpenBadgeCredential") && !kinds.includes("AchievementCredential")) refuse("not-a-badge");
  const presented = readCredential(document, CONTEXTS);
  const subject = document.credentialSubject;
  if (!isObject(subject) || !isObject(subject.achievement)) refuse("not-a-badge", "no-achievement");
  return presented;
}

/** Return the JSON object; throw {@link Refused} where two readers could see two documents. */
export function readJson(raw: Uint8Array): JsonObject {
  try {
    return parse(raw);
  } catch (reason) {
    if (reason instanceof JsonRefused) throw new Refused(reason.code, say(`unreadable.${reason.code}`));
    throw reason;
  }
}

/** Return a Verifiable Credential with exactly these contexts and one proof we know; throw {@link Refused}. */
export function readCredential(document: JsonObject, contexts: readonly string[]): Presented {
  const named = document["@context"];
  const exact = isList(named) && named.length === contexts.length && named.every((url, i) => url === contexts[i]);
  if (!exact) refuse("unknown-context");
  for (const node of nodesOf(document)) {
    // One that repeats ours changes no statement, so no proof sees it.
    if ("@context" in node && !isCredential(node)) refuse("unknown-context", "inner-context");
  }
  if (!isCredential(document)) refuse("not-a-credential");
  const proof = oneProof(document);
  return {
    document,
    ...issuerOf(document),
    id: name(document.id, "id"),
    keyId: name(proof.verificationMethod, "verificationMethod"),
    validFrom: instant(document, "validFrom"),
    validUntil: "validUntil" in document ? instant(document, "validUntil") : null,
  };
}

function isCredential(node: JsonObject): boolean {
  return texts(node.type).includes("VerifiableCredential");
}

/** Return the proof; one with an option we do not heed (Data Integrity 2.1: `expires`) is refused. */
function oneProof(document: JsonObject): JsonObject {
  const proof = formOf(document);
  const extra = Object.keys(proof).filter((key) => !PROOF_FIELDS.has(key)).sort(byCodePoint)[0];
  if (extra !== undefined) {
    throw new Refused("proof-option", say("refused.proof-option", { option: cut(extra, 80) }));
  }
  if ("created" in proof) instant(proof, "created");
  return proof;
}

function formOf(document: JsonObject): JsonObject {
  try {
    return proofOf(document);
  } catch (reason) {
    if (reason instanceof ProofFault) throw new Refused(reason.code, say("refused.no-signature"));
    throw reason;
  }
}

function issuerOf(document: JsonObject): { issuer: string; issuerName: string } {
  const issuer = document.issuer;
  if (!isObject(issuer)) return { issuer: name(issuer, "issuer"), issuerName: "" };
  return { issuer: name(issuer.id, "issuer"), issuerName: typeof issuer.name === "string" ? issuer.name : "" };
}

function name(value: Json | undefined, field: string): string {
  if (typeof value === "string" && value !== "" && size(value) <= LONGEST_ID) return value;
  throw new Refused(`no-${field.toLowerCase()}`, say("refused.no-field", { field }));
}

function instant(document: JsonObject, field: string): Instant {
  const found = parseInstant(document[field]);
  if (!found) throw new Refused("bad-date", say("refused.bad-date", { field }));
  return found;
}

function texts(value: Json | undefined): Json[] {
  return isList(value) ? [...value] : [value ?? null];
}
