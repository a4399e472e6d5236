// The cryptosuite eddsa-rdfc-2022 (Data Integrity EdDSA Cryptosuites 1.0, 3.2; site_builder/proof/eddsa.py).

import { base58 } from "./bytes.ts";
import { canonicalHash } from "./canonical.ts";
import { signatureFits } from "./ed25519.ts";
import { ProofFault } from "./faults.ts";
import { isList, isObject } from "./strict-json.ts";
import type { Json, JsonObject } from "./verdict.ts";

const FIXED: readonly (readonly [field: string, value: string, code: string])[] = [
  ["type", "DataIntegrityProof", "proof-type"],
  ["cryptosuite", "eddsa-rdfc-2022", "cryptosuite"],
  ["proofPurpose", "assertionMethod", "purpose"],
];

/** Return an object without one of its keys. */
export function without(document: JsonObject, field: string): JsonObject {
  const found = Object.create(null) as Record<string, Json>;
  for (const [key, value] of Object.entries(document)) if (key !== field) found[key] = value;
  return found;
}

/** Return the one proof of `signed`, of the right form; throw {@link ProofFault}. Whether it holds is not asked. */
export function proofOf(signed: JsonObject): JsonObject {
  const found = signed.proof ?? [];
  const proofs = isList(found) ? found : [found];
  const proof = proofs[0];
  if (proof === undefined) wrongForm("no-proof");
  if (proofs.length > 1) wrongForm("several-proofs");
  if (!isObject(proof)) wrongForm("proof-type");
  for (const [field, value, code] of FIXED) if (proof[field] !== value) wrongForm(code);
  if (typeof proof.verificationMethod !== "string") wrongForm("method");
  if (typeof (proof.created ?? "") !== "string" || proof.created === null) wrongForm("created");
  if ("@context" in proof) wrongForm("proof-context");
  signatureOf(proof);
  return proof;
}

function wrongForm(code: string): never {
  throw new ProofFault("not-covered", code);
}

function signatureOf(proof: JsonObject): Uint8Array {
  const value = proof.proofValue;
  const signature = typeof value === "string" && value[0] === "z" ? base58(value.slice(1)) : null;
  return signature?.length === 64 ? signature : wrongForm("proof-value");
}

const hashes = new WeakMap<JsonObject, Promise<Uint8Array>>();

/** Return the SHA-256 of the canonical document that the proof is about; worked out once for each document. */
export function documentHash(signed: JsonObject): Promise<Uint8Array> {
  const found = hashes.get(signed) ?? canonicalHash(without(signed, "proof"));
  hashes.set(signed, found);
  return found;
}

/**
 * Return true where the one proof of `signed` was made by the holder of `key` (32 raw bytes). Throw
 * {@link ProofFault} for a proof of another form and a document that no proof could cover.
 */
export async function proofHolds(signed: JsonObject, key: Uint8Array): Promise<boolean> {
  const proof = proofOf(signed);
  const document = await documentHash(signed);
  const options = { ...without(proof, "proofValue"), "@context": signed["@context"] ?? null };
  // The hash of the proof's options comes first (3.2.4).
  const message = Uint8Array.from([...(await canonicalHash(options)), ...document]);
  return signatureFits(signatureOf(proof), message, key);
}
