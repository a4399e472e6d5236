// One sentence or two for people: what a badge's five answers come to (site_builder/verifying/summary.py).

import { didHost } from "./did-web.ts";
import type { Presented } from "./shape.ts";
import { printable } from "./text.ts";
import { say, type Answer, type Answers, type Sentence, type State } from "./verdict.ts";

/**
 * Return the summary; `badge` is null where not even its form could be read. That the reader does not know the issuer
 * goes first: it is why a badge fails that is else in order.
 */
export function summary(state: State, answers: Answers, badge: Presented | null): Sentence {
  if (state === "invalid" || !badge) return invalid(answers.authentic);
  const copied = answers.authentic.value === "matches-copy";
  let told = stated(state, answers, badge, copied);
  if (isStranger(answers)) told = say("summary.stranger", { reason: answers.issuerKnown.sentence, told });
  return copied ? say("summary.copy", { told, host: didHost(badge.issuer) }) : told;
}

function invalid(authentic: Answer): Sentence {
  const key = authentic.detail.code === "unlisted-key" ? "summary.unlisted" : "summary.invalid";
  return say(key, { reason: authentic.sentence });
}

function stated(state: State, answers: Answers, badge: Presented, copied: boolean): Sentence {
  if (state === "valid") return valid(answers, badge, copied);
  if (state === "revoked") return say("summary.revoked", { reason: answers.notRevoked.sentence });
  if (state === "unknown") return unknown(answers);
  return say(copied ? "summary.dated-copy" : "summary.dated", { reason: answers.current.sentence });
}

function valid(answers: Answers, badge: Presented, copied: boolean): Sentence {
  const since = answers.notRevoked.sentence;
  if (copied) return say("summary.valid-copy", { since });
  const signer = printable(badge.issuerName, 200) || didHost(badge.issuer);
  return say(isStranger(answers) ? "summary.valid-stranger" : "summary.valid", { signer, since });
}

function isStranger(answers: Answers): boolean {
  return answers.issuerKnown.value === "no";
}

function unknown(answers: Answers): Sentence {
  const { authentic, notRevoked, stack, current } = answers;
  if (authentic.value !== "authentic" && authentic.value !== "matches-copy") {
    return say("summary.unknown-signer", { reason: authentic.sentence });
  }
  const doubt = [notRevoked, stack, current].find(({ value }) => value === "unknown" || value === "incomplete");
  return say("summary.unknown", { doubt: (doubt ?? authentic).sentence });
}
