// How verdicts look: a tone and a word for each state and each answer. The sentences are the verifier's own.

import type { Answer, Question, Verdict } from "../verify/index.ts";
import type { Tone } from "./icons.ts";

/** A state as the plate heads it: `word` is a key below `award.state.`. */
export interface Told {
  readonly tone: Tone;
  readonly word: string;
}

// Why a badge is refused, where that has a word of its own; else it is not to be relied on, and the sentence says why.
const WORDS: Readonly<Record<string, string>> = {
  "bad-signature": "altered",
  "unlisted-key": "other-key",
  "not-a-badge": "no-badge",
  "not-a-credential": "no-badge",
  "not-an-object": "no-badge",
  encoding: "no-badge",
  syntax: "no-badge",
};

/** Return how a verdict is headed. Only what was checked at its home, of an issuer who is no stranger, is good news. */
export function toldState({ state, answers }: Verdict): Told {
  if (state === "invalid") return { tone: "bad", word: WORDS[answers.authentic.detail.code ?? ""] ?? "refused" };
  if (state === "revoked") return { tone: "bad", word: "revoked" };
  if (state === "expired" || state === "not-yet-valid") return { tone: "doubt", word: state };
  if (state === "unknown") return { tone: "doubt", word: answers.stack.value === "incomplete" ? "incomplete" : "unknown" };
  if (answers.authentic.value === "matches-copy") return { tone: "doubt", word: "copy" };
  return answers.issuerKnown.value === "no" ? { tone: "doubt", word: "stranger" } : { tone: "good", word: "valid" };
}

const TONES: Readonly<Record<string, Tone>> = {
  authentic: "good",
  yes: "good",
  complete: "good",
  "matches-copy": "plain",
  "not-a-stack": "plain",
  "not-authentic": "bad",
  no: "bad",
  incomplete: "bad",
  expired: "doubt",
  "not-yet-valid": "doubt",
};

/** Return how an answer is shown: `word` is a key below `award.answer.`. */
export function toldAnswer(question: Question, answer: Answer): Told {
  if (answer.sentence.key === "verify.unasked") return { tone: "plain", word: "not-asked" };
  if (question === "issuerKnown") {
    const tone = answer.value === "no" ? "doubt" : answer.value === "yes" ? "good" : "plain";
    return { tone, word: `issuerKnown.${answer.value}` };
  }
  return { tone: TONES[answer.value] ?? "doubt", word: `${question}.${answer.value}` };
}
