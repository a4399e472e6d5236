// The verifier's one door (site_builder/verifying/verify.py): the same rules, order and answers as the command line.

export { MAX_BYTES, Unavailable } from "./source.ts";
export type { Source } from "./source.ts";
export { QUESTIONS, say } from "./verdict.ts";
export type { Answer, Answers, Json, JsonObject, Param, Params, Question, Sentence, State, Verdict } from "./verdict.ts";
export type { Listener } from "./run.ts";
export { verify } from "./run.ts";
