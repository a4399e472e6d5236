// did.json as a verifier reads it: which keys may sign what (DID Core 1.0, 5.2; site_builder/verifying/key_document.py).

import { hex, publicKey } from "./bytes.ts";
import { JsonRefused, Unusable } from "./faults.ts";
import { parseInstant } from "./instants.ts";
import { isList, isObject, parse } from "./strict-json.ts";
import { say, type Json, type JsonObject } from "./verdict.ts";

const STATUS_KEYS = "StatusListKeys";

interface Key {
  readonly publicKey: Uint8Array;
  /** The millisecond from which it counts no longer (Controlled Identifiers 1.0, 2.2). */
  readonly ends: number;
}

/** The keys a DID lists for assertion, by id; some of them may sign status lists and nothing else. */
export class KeyDocument {
  constructor(
    readonly did: string,
    private readonly keys: ReadonlyMap<string, Key>,
    /** Null where the issuer keeps no such keys apart: then any of its keys may sign lists. */
    private readonly statusKeys: ReadonlySet<string> | null,
  ) {}

  /** Return true where `id` must sign no badge. */
  isStatusKey(id: string): boolean {
    return this.statusKeys?.has(id) ?? false;
  }

  /** Return the public key of that id, if it is listed and has not ended. */
  key(id: string, now: Date): Uint8Array | null {
    const key = this.keys.get(id);
    return key && now.getTime() < key.ends ? key.publicKey : null;
  }

  /** Return the public key of that id, if it may also sign status lists. */
  listKey(id: string, now: Date): Uint8Array | null {
    return this.statusKeys && !this.statusKeys.has(id) ? null : this.key(id, now);
  }
}

/** Return the keys that `raw` lists for `did`; throw {@link Unusable}. Keys of other kinds are left out. */
export function readKeyDocument(raw: Uint8Array, did: string): KeyDocument {
  const document = parsed(raw);
  if (document.id !== did) unusable("another");
  const listed = items(document, "assertionMethod");
  const methods = methodsOf([...items(document, "verificationMethod"), ...listed], did);
  const names = new Set(listed.map((item) => absolute(isObject(item) ? item.id : item, did)));
  const keys = new Map([...methods].filter(([id]) => names.has(id)));
  return new KeyDocument(did, keys, statusKeysOf(document, did));
}

function unusable(key: string, params: Record<string, string> = {}): never {
  throw new Unusable(say(`keys.${key}`, params));
}

function parsed(raw: Uint8Array): JsonObject {
  try {
    return parse(raw);
  } catch (reason) {
    if (reason instanceof JsonRefused) unusable("unreadable");
    throw reason;
  }
}

function items(document: JsonObject, field: string): readonly Json[] {
  const found = field in document ? document[field] : [];
  return isList(found) ? found : unusable("no-list", { field });
}

/** Return a key's id in full: DID Core 3.2.2 lets a document shorten its own to `#name`. */
function absolute(name: Json | undefined, did: string): string {
  const text = typeof name === "string" ? name : "";
  return text.startsWith("#") ? did + text : text;
}

function methodsOf(found: readonly Json[], did: string): Map<string, Key> {
  const methods = new Map<string, Key>();
  for (const item of found) {
    const key = isObject(item) ? keyOf(item, did) : null;
    if (!key || !isObject(item)) continue;
    const id = absolute(item.id, did);
    const known = methods.get(id) ?? key;
    if (known.ends !== key.ends || hex(known.publicKey) !== hex(key.publicKey)) unusable("two-keys");
    methods.set(id, key);
  }
  return methods;
}

/** Return the Multikey that `item` describes, if it is Ed25519 and the DID's own. */
function keyOf(item: JsonObject, did: string): Key | null {
  const text = item.publicKeyMultibase;
  const own = item.controller === did && absolute(item.id, did).startsWith(`${did}#`);
  const found = own && item.type === "Multikey" && typeof text === "string" ? publicKey(text) : null;
  return found && { publicKey: found, ends: endOf(item) };
}

function endOf(item: JsonObject): number {
  // An end we cannot read may have come.
  const ends = ["expires", "revoked"].filter((field) => field in item).map((field) => parseInstant(item[field]));
  return Math.min(...ends.map((end) => end?.ms ?? -Infinity));
}

/** Return the keys that the service of type StatusListKeys names; null where there is no such service. */
function statusKeysOf(document: JsonObject, did: string): Set<string> | null {
  let found: Set<string> | null = null;
  for (const service of items(document, "service")) {
    if (!isObject(service)) continue;
    const kinds = service.type ?? null;
    if (!(isList(kinds) ? kinds : [kinds]).includes(STATUS_KEYS)) continue;
    const endpoint = service.serviceEndpoint;
    const keys = isObject(endpoint) ? endpoint.keys : null;
    if (!isList(keys ?? null) || !(keys as Json[]).every((key) => typeof key === "string")) unusable("no-status-keys");
    found = new Set([...(found ?? []), ...(keys as Json[]).map((key) => absolute(key, did))]);
  }
  return found;
}
