// Where a verifier's bytes come from. The pages bring their own: http, a folder opened as file://, another host.

import type { Sentence } from "./verdict.ts";

/** The most that is read of a badge, a did.json or a status list. */
export const MAX_BYTES = 2 * 1024 * 1024;

/** Thrown by a source where bytes cannot be had; `sentence` says why, as a part of a longer one. */
export class Unavailable extends Error {
  constructor(readonly sentence: Sentence) {
    super(sentence.key);
  }
}

export interface Source {
  /** Return an issuer's did.json or status list; throw {@link Unavailable}. */
  read(url: string): Promise<Uint8Array>;
  /** Return a badge that the site under examination hosts; throw {@link Unavailable}. */
  badge(url: string): Promise<Uint8Array>;
  /** True where `read` asks the DID's own host, and not a copy. */
  isHome(did: string): boolean | Promise<boolean>;
}
