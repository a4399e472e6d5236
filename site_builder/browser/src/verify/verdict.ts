// What a verifier says of one badge: five answers, and the state that follows (site_builder/verifying/verdict.py).

/** A sentence that is not yet in a language: words.ts writes it. A sentence may stand inside another. */
export interface Sentence {
  readonly key: string;
  readonly params: Params;
}

export type Params = Readonly<Record<string, Param>>;
export type Param = string | number | Date | Sentence;

/** The five questions, in the order in which they are told. */
export const QUESTIONS = ["authentic", "current", "notRevoked", "stack", "issuerKnown"] as const;
export type Question = (typeof QUESTIONS)[number];

/** What the answers come to. Only "valid" is good news; "unknown" is never taken for it. */
export type State = "valid" | "revoked" | "expired" | "not-yet-valid" | "invalid" | "unknown";

/**
 * One answer: a fixed word for machines, a sentence for people, and the facts behind it, which are technical and
 * optional: `key`, `host`, `documentHash`, `validFrom`, `validUntil`, `list`, `index`, `listValidFrom`, `did`,
 * `code`, `fault`, `part1`...
 */
export interface Answer {
  readonly value: string;
  readonly sentence: Sentence;
  readonly detail: Readonly<Record<string, string>>;
}

export type Answers = Readonly<Record<Question, Answer>>;

/** A JSON value as the strict parser gives it: objects have no prototype. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * All that is said of one badge. `id` and `issuer` are what it claims, empty where not even its form could be read.
 * `document` is what may be shown: null unless its signature is good ("authentic" or "matches-copy").
 */
export interface Verdict {
  readonly id: string;
  readonly issuer: string;
  readonly state: State;
  readonly document: JsonObject | null;
  readonly answers: Answers;
  readonly summary: Sentence;
}

/** Return a sentence by its key below `verify.`. */
export function say(key: string, params: Params = {}): Sentence {
  return { key: `verify.${key}`, params };
}

export function answer(value: string, sentence: Sentence, detail: Record<string, string> = {}): Answer {
  return { value, sentence, detail };
}

/** True where the signature is good, at the issuer's home or against the keys of a copy. */
export function isGood(authentic: Answer): boolean {
  return authentic.value === "authentic" || authentic.value === "matches-copy";
}

/**
 * Return the state that five answers come to; anything not known to be good is not "valid".
 *
 * An altered badge says nothing else; what cannot be known comes before what depends on it; revoked goes over
 * expired, expired over not yet valid. A badge known to be revoked is so with any stack.
 */
export function stateOf(answers: Answers): State {
  const revoked = answers.notRevoked.value;
  if (answers.authentic.value === "not-authentic") return "invalid";
  if (!isGood(answers.authentic) || (revoked !== "yes" && revoked !== "no")) return "unknown";
  if (revoked === "no") return "revoked";
  if (answers.stack.value !== "complete" && answers.stack.value !== "not-a-stack") return "unknown";
  const byDate: Partial<Record<string, State>> = {
    yes: "valid",
    expired: "expired",
    "not-yet-valid": "not-yet-valid",
  };
  return byDate[answers.current.value] ?? "unknown";
}
