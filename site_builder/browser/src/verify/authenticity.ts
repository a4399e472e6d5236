// The first answer: whether the issuer signed exactly these words, with a key its own did.json lists (.../authenticity.py).

import { publicKey } from "./bytes.ts";
import { covered } from "./canonical.ts";
import { didHost, didUrl } from "./did-web.ts";
import { ProofFault, Refused } from "./faults.ts";
import type { KeyDocument } from "./key-document.ts";
import { proofHolds, without } from "./proof.ts";
import type { Presented } from "./shape.ts";
import { answer, say, type Answer, type Sentence } from "./verdict.ts";

const DID_KEY = "did:key:";

/**
 * Return true where the proof covers every word of `badge` under this key; throw {@link Refused} for documents no
 * proof covers whole, and those that cost too much to canonicalize.
 */
export async function signatureHolds(badge: Presented, key: Uint8Array): Promise<boolean> {
  try {
    return await proofHolds(badge.document, key);
  } catch (reason) {
    if (!(reason instanceof ProofFault)) throw reason;
    const { kind, code, fault } = reason;
    throw new Refused(code, say(`refused.${kind}`), fault);
  }
}

/** Return "not authentic"; `code` is for machines, `fault` says where. */
export function no(code: string, sentence: Sentence, badge?: Presented, fault = ""): Answer {
  return answer("not-authentic", sentence, {
    code,
    ...(badge ? { key: badge.keyId } : {}),
    ...(fault ? { fault } : {}),
  });
}

/** Return the answer for a proof whose key belongs to another than the issuer; null where they agree. */
export function keyFault(badge: Presented): Answer | null {
  const own = badge.keyId.includes("#") && badge.keyId.split("#")[0] === badge.issuer;
  return own ? null : no("wrong-key", say("authentic.wrong-key"), badge);
}

/**
 * Return whether `badge` is signed by a key that `keys` lists for badges. Where the key document was not read at the
 * issuer's own address, a copy vouches for itself, and the answer is never "authentic".
 */
export async function authenticity(badge: Presented, keys: KeyDocument, now: Date, atHome: boolean): Promise<Answer> {
  const host = didHost(badge.issuer);
  const key = keys.key(badge.keyId, now);
  if (!key) {
    const told = atHome ? say("authentic.unlisted-key", { host }) : say("authentic.unlisted-key-copy");
    return no("unlisted-key", told, badge);
  }
  if (keys.isStatusKey(badge.keyId)) return no("status-key", say("authentic.status-key"), badge);
  const refused = await unsigned(badge, key);
  if (refused) return refused;
  const detail = { key: badge.keyId, host };
  if (atHome) return answer("authentic", say("authentic.yes", { host }), detail);
  return answer("matches-copy", say("authentic.copy", { host }), detail);
}

async function unsigned(badge: Presented, key: Uint8Array): Promise<Answer | null> {
  try {
    return (await signatureHolds(badge, key)) ? null : no("bad-signature", say("authentic.altered"), badge);
  } catch (reason) {
    if (reason instanceof Refused) return no(reason.code, reason.sentence, badge, reason.fault);
    throw reason;
  }
}

/**
 * Return the answer where the issuer's did.json could not be had: never better than "unknown". A document that no
 * signature covers whole is refused all the same, and so is one that a `did:key`, its own key, did not sign.
 */
export async function withoutKeys(badge: Presented, why: Sentence): Promise<Answer> {
  if (!didUrl(badge.issuer) && badge.issuer.startsWith(DID_KEY)) return bareKey(badge);
  try {
    await covered(without(badge.document, "proof"));
  } catch (reason) {
    if (!(reason instanceof ProofFault)) throw reason;
    const dropped = reason.kind === "undefined-term";
    const told = say(dropped ? "refused.undefined-term" : "refused.uncoverable");
    return no(dropped ? reason.code : "not-covered", told, badge, reason.fault);
  }
  return answer("unknown", say("authentic.unknown", { why }), { key: badge.keyId });
}

/** Return the answer for an issuer that is a key and nothing else (did:key method, 3.1). */
async function bareKey(badge: Presented): Promise<Answer> {
  const key = publicKey(badge.issuer.slice(DID_KEY.length));
  if (!key) return answer("unknown", say("authentic.unknown-key"), { key: badge.keyId });
  const refused = await unsigned(badge, key);
  return refused ?? answer("unknown", say("authentic.bare-key"), { key: badge.keyId });
}
