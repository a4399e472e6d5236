// The fourth answer: whether everything is there that a badge is built on (VC Data Model 2.0, 5.3; .../stack.py).

import { digestFits } from "./bytes.ts";
import { Unusable } from "./faults.ts";
import { isList, isObject } from "./strict-json.ts";
import { answer, say, type Answer, type Json, type JsonObject, type Params, type Sentence, type Verdict } from "./verdict.ts";

const MAX_PARTS = 100;

/** What is said of a part: its hosted bytes, and its five answers. */
export interface Part {
  readonly raw: Uint8Array;
  readonly verdict: Verdict;
}

interface Fault {
  readonly value: "incomplete" | "unknown";
  readonly sentence: Sentence;
}

/**
 * Return whether the verified `document` has all its parts: bytes as pinned, authentic, standing.
 *
 * A part that has expired since still counts: it stood when the stack was awarded. "incomplete" goes over "unknown":
 * what is known to be wrong is told first. `judge` throws {@link Unusable} where a part cannot be looked at.
 */
export async function stack(document: JsonObject, judge: (url: string) => Promise<Part>): Promise<Answer> {
  if (!("relatedResource" in document)) return answer("not-a-stack", say("stack.none"));
  const found = document.relatedResource ?? null;
  const parts = isList(found) ? found : [found];
  if (!parts.length || parts.length > MAX_PARTS) return answer("unknown", say("stack.too-many", { most: MAX_PARTS }));
  const faults: Fault[] = [];
  for (const part of parts) {
    const fault = await faultOf(part, judge);
    if (fault) faults.push(fault);
  }
  const worst = faults.find((fault) => fault.value === "incomplete") ?? faults[0];
  const detail = addresses(parts);
  if (worst) return answer(worst.value, worst.sentence, detail);
  return answer("complete", say("stack.complete", { n: parts.length }), detail);
}

function addresses(parts: readonly Json[]): Record<string, string> {
  const found: Record<string, string> = {};
  parts.forEach((part, index) => {
    if (isObject(part)) found[`part${index + 1}`] = String(part.id);
  });
  return found;
}

function fault(value: Fault["value"], key: string, params: Params = {}): Fault {
  return { value, sentence: say(`stack.${key}`, params) };
}

/** Return the fault of one part; null if it is good. */
async function faultOf(part: Json, judge: (url: string) => Promise<Part>): Promise<Fault | null> {
  const { id: url, digestMultibase: digest } = isObject(part) ? part : ({} as JsonObject);
  if (typeof url !== "string" || typeof digest !== "string") return fault("unknown", "not-pinned");
  try {
    const { raw, verdict } = await judge(url);
    if (!digestFits(raw, digest)) return fault("incomplete", "another");
    return verdict.id === url ? standing(verdict) : fault("incomplete", "another-address");
  } catch (reason) {
    if (reason instanceof Unusable) return fault("unknown", "missing", { why: reason.sentence });
    throw reason;
  }
}

function standing({ answers }: Verdict): Fault | null {
  const { authentic, notRevoked, stack: own, current } = answers;
  if (authentic.value === "not-authentic") return fault("incomplete", "not-authentic");
  if (notRevoked.value === "no") return fault("incomplete", "revoked");
  if (own.value === "incomplete") return fault("incomplete", "incomplete");
  if ([authentic, notRevoked, own].some((answered) => answered.value === "unknown")) return fault("unknown", "unknown");
  return current.value === "not-yet-valid" ? fault("incomplete", "not-yet-valid") : null;
}
