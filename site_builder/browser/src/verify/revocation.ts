// The third answer: whether the issuer still stands by it (Bitstring Status List 1.0, 3.2; .../revocation.py).

import { isFetchable } from "./did-web.ts";
import { Unusable } from "./faults.ts";
import type { StatusList } from "./status-list.ts";
import { isList, isObject } from "./strict-json.ts";
import { answer, say, type Answer, type Json, type JsonObject } from "./verdict.ts";

const PURPOSE = "revocation";

function unusable(key: string): never {
  throw new Unusable(say(`status.${key}`));
}

/**
 * Return whether the verified `document` is revoked; `listAt` gives a list or throws {@link Unusable}.
 *
 * "yes" means: not revoked. A badge whose signed words name no list cannot be revoked, which its issuer chose.
 */
export async function revocation(
  document: JsonObject,
  listAt: (url: string) => Promise<StatusList>,
): Promise<Answer> {
  if (!("credentialStatus" in document)) return answer("yes", say("status.none"));
  let detail = {};
  try {
    const [url, index] = entryOf(document.credentialStatus ?? null);
    detail = { list: url, index: String(index) };
    const listed = await listAt(url);
    const revoked = bit(listed, index);
    detail = { ...detail, listValidFrom: listed.validFrom.iso };
    const told = say(revoked ? "status.revoked" : "status.good", { day: listed.validFrom.day });
    return answer(revoked ? "no" : "yes", told, detail);
  } catch (reason) {
    if (reason instanceof Unusable) return answer("unknown", reason.sentence, detail);
    throw reason;
  }
}

/** Return the list's address and the index that the badge's one status entry names. */
function entryOf(found: Json): [url: string, index: number] {
  const entry = isList(found) && found.length === 1 ? found[0] : found;
  if (!isObject(entry) || !isEntry(entry.type)) unusable("unknown-kind");
  if (entry.statusPurpose !== PURPOSE) unusable("other-purpose");
  if ("statusSize" in entry && entry.statusSize !== 1) unusable("wide");
  const { statusListCredential: url, statusListIndex: index } = entry;
  if (typeof url !== "string" || !isFetchable(url)) unusable("no-address");
  if (typeof index !== "string" || !/^(0|[1-9][0-9]{0,11})$/.test(index)) unusable("no-index");
  return [url, Number(index)];
}

function isEntry(kind: Json | undefined): boolean {
  const only = isList(kind) && kind.length === 1 ? kind[0] : kind;
  return only === "BitstringStatusListEntry";
}

/** Return the bit at `index`, counted from the left. */
function bit(listed: StatusList, index: number): boolean {
  if (!listed.purposes.includes(PURPOSE)) unusable("not-told");
  const byte = listed.bits[Math.floor(index / 8)];
  return byte === undefined ? unusable("outside") : (byte & (0x80 >> index % 8)) !== 0;
}
