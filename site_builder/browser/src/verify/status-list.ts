// A Bitstring Status List from a stranger (site_builder/verifying/status_list.py): believed only if its issuer signed it.

import { signatureHolds } from "./authenticity.ts";
import { base64url } from "./bytes.ts";
import { CREDENTIALS_V2 } from "./context-names.ts";
import { Refused, Unusable } from "./faults.ts";
import { gunzip, TooLarge } from "./gunzip.ts";
import type { Instant } from "./instants.ts";
import type { KeyDocument } from "./key-document.ts";
import { readCredential, readJson, type Presented } from "./shape.ts";
import { isList, isObject } from "./strict-json.ts";
import { say, type Json, type JsonObject, type Params } from "./verdict.ts";

const LEAST_BITS = 131_072;
const MAX_BYTES = 1024 * 1024;

/** A list that its issuer signed and that is fresh. */
export interface StatusList {
  readonly validFrom: Instant;
  /** What a set bit means. */
  readonly purposes: readonly Json[];
  readonly bits: Uint8Array;
}

function unusable(key: string, params: Params = {}): never {
  throw new Unusable(say(`list.${key}`, params));
}

/**
 * Return the list at `url`; throw {@link Unusable}. Bitstring Status List 1.0, 3.2 Validate: the list is a credential
 * of its own. Ours must moreover come from the badge's issuer, name its own address, and say until when it holds.
 */
export async function readStatusList(
  raw: Uint8Array,
  url: string,
  keys: KeyDocument,
  now: Date,
): Promise<StatusList> {
  const listed = await signed(raw, url, keys, now);
  refuseStale(listed, now);
  const subject = subjectOf(listed.document);
  const purpose = subject.statusPurpose ?? null;
  const purposes = isList(purpose) ? purpose : [purpose];
  return { validFrom: listed.validFrom, purposes, bits: decodeBits(subject.encodedList) };
}

async function signed(raw: Uint8Array, url: string, keys: KeyDocument, now: Date): Promise<Presented> {
  try {
    const listed = readCredential(readJson(raw), [CREDENTIALS_V2]);
    await refuseUnsigned(listed, url, keys, now);
    return listed;
  } catch (reason) {
    if (reason instanceof Refused) unusable("unusable", { why: reason.sentence });
    throw reason;
  }
}

async function refuseUnsigned(listed: Presented, url: string, keys: KeyDocument, now: Date): Promise<void> {
  const kinds = listed.document.type ?? null;
  if (!isList(kinds) || !kinds.includes("BitstringStatusListCredential")) unusable("no-list");
  if (listed.id !== url) unusable("another-address");
  if (listed.issuer !== keys.did || listed.keyId.split("#")[0] !== keys.did) unusable("another-issuer");
  const key = keys.listKey(listed.keyId, now);
  if (!key) unusable("unlisted-key");
  if (!(await signatureHolds(listed, key))) unusable("altered");
}

/** Refuse a list outside its dates: whoever serves an old one may be keeping the newer one back. */
function refuseStale(listed: Presented, now: Date): void {
  const { validFrom: start, validUntil: end } = listed;
  if (now.getTime() < start.ms) unusable("future", { start: start.day });
  if (!end) unusable("without-end");
  if (now.getTime() >= end.ms) unusable("stale", { start: start.day, end: end.day });
}

function subjectOf(document: JsonObject): JsonObject {
  const subject = document.credentialSubject ?? null;
  if (!isObject(subject)) unusable("no-list");
  const kind = subject.type ?? null;
  const only = isList(kind) && kind.length === 1 ? kind[0] : kind;
  return only === "BitstringStatusList" ? subject : unusable("no-list");
}

/**
 * Return the bit string of `encodedList` (clause 3.4): multibase base64url of gzip; throw {@link Unusable}. At least
 * 131,072 bits, so that an index hides in a crowd; at most a mebibyte, however small it was packed.
 */
function decodeBits(encoded: Json | undefined): Uint8Array {
  if (typeof encoded !== "string" || !/^u[A-Za-z0-9_-]*$/.test(encoded)) unusable("not-base64url");
  const packed = base64url(encoded.slice(1));
  const bits = packed ? unpacked(packed) : unusable("not-whole");
  return bits.length * 8 < LEAST_BITS ? unusable("too-short", { least: LEAST_BITS }) : bits;
}

function unpacked(packed: Uint8Array): Uint8Array {
  try {
    return gunzip(packed, MAX_BYTES);
  } catch (reason) {
    return unusable(reason instanceof TooLarge ? "too-large" : "not-whole");
  }
}
