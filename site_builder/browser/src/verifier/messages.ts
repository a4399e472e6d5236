// What a page and its verifier say to each other. The verifier only computes: whatever is read, the page reads, because
// a page has a policy (Content-Security-Policy) and a worker on a host without headers has none.

import type { Answer, Question, Sentence, Verdict } from "../verify/index.ts";

/** A badge to judge. */
export interface Brief {
  readonly raw: Uint8Array;
  readonly now: Date;
  readonly trusted: readonly string[];
}

/** What the verifier needs of the page's source, by the name of the source's method. */
export interface Need {
  readonly what: "read" | "badge" | "isHome";
  readonly about: string;
}

/** The page's answer: bytes, whether it is home, or the sentence of why the bytes cannot be had. */
export interface Reply {
  readonly bytes?: Uint8Array;
  readonly home?: boolean;
  readonly sentence?: Sentence;
}

/** Told of each answer as it comes, in the order of the questions. */
export type Listener = (question: Question, answer: Answer) => void;

/** The verifier as a page has it where no worker starts. */
export type JudgeHere = (brief: Brief, asking: (need: Need) => Promise<Reply>, tell: Listener) => Promise<Verdict>;

/** To a worker: a badge, or an answer to what it asked. The page numbers its jobs, the worker what it asks. */
export type ToWorker = { readonly job: number; readonly brief: Brief } | { readonly asked: number; readonly reply: Reply };

/** From a worker: a question about bytes, an answer to tell, or the end of a job. A fault is one of ours. */
export type FromWorker = { readonly job: number } & (
  | { readonly asked: number; readonly need: Need }
  | { readonly question: Question; readonly answer: Answer }
  | { readonly verdict: Verdict }
  | { readonly fault: string }
);
