// The second answer: whether the badge is between its dates (VC Data Model 2.0, 4.9).

import type { Presented } from "./shape.ts";
import { answer, say, type Answer } from "./verdict.ts";

/** Return whether `now` lies in the badge's validity: `validUntil` is the first moment after it. */
export function currency(badge: Presented, now: Date): Answer {
  const { validFrom: start, validUntil: end } = badge;
  const detail = { validFrom: start.iso, ...(end ? { validUntil: end.iso } : {}) };
  if (end && now.getTime() >= end.ms) {
    return answer("expired", say("current.expired", { end: end.day }), detail);
  }
  if (now.getTime() < start.ms) {
    return answer("not-yet-valid", say("current.not-yet-valid", { start: start.day }), detail);
  }
  if (!end) return answer("yes", say("current.for-good", { start: start.day }), detail);
  return answer("yes", say("current.until", { start: start.day, end: end.day }), detail);
}
