// What stands behind the # of the page's address: it may say who the holder is, so it is read once and taken away.

import { isWithheld } from "./known.ts";

/** Return the fragment, with its #, and take it out of the address bar and of this tab's history. */
export function takenFragment(): string {
  const { hash, href } = location;
  try {
    if (hash) history.replaceState(null, "", href.slice(0, -hash.length));
  } catch (reason) {
    // A browser may forbid it to pages from a folder: then it stays where the reader put it.
    if (!isWithheld(reason)) throw reason;
  }
  return hash;
}
