// What can go wrong with a stranger's document.

import type { Sentence } from "./verdict.ts";

/** The document has not the form of a badge we can judge; `code` names why, `sentence` tells people. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly sentence: Sentence,
    readonly fault = "",
  ) {
    super(code);
  }
}

/** Where the proof layer refuses a document: an undefined term, other words no proof covers, or too much of them. */
export type Refusal = "undefined-term" | "not-covered" | "too-complex";

/** No proof could cover this document, or it has none of ours; `fault` says where or what, for the curious. */
export class ProofFault extends Error {
  constructor(
    readonly kind: Refusal,
    readonly code: string,
    readonly fault = "",
  ) {
    super(code);
  }
}

/** The bytes are not JSON that we accept from a stranger; `code` names the fault. */
export class JsonRefused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Bytes of the issuer are not what they should be: a did.json or a status list, or a part that cannot be had. */
export class Unusable extends Error {
  constructor(readonly sentence: Sentence) {
    super(sentence.key);
  }
}
