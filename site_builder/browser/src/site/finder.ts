// Gets the search and its index, once, when they are first needed: no page pays for a search nobody makes.

import type { Entry, Search } from "../search/main.ts";
import { load } from "./root.ts";

declare global {
  // eslint-disable-next-line no-var -- index.<language>.js, a classic script, calls it
  var badgepressIndex: ((entries: readonly Entry[]) => void) | undefined;
}

let finder: Promise<Search> | null = null;

/** Return the search over the site's pages in a language; after a failure the next call tries again. */
export function search(language: string): Promise<Search> {
  finder ??= prepared(language).catch((reason: unknown) => {
    finder = null;
    throw reason;
  });
  return finder;
}

async function prepared(language: string): Promise<Search> {
  let entries: readonly Entry[] = [];
  globalThis.badgepressIndex = (given) => {
    entries = given;
  };
  await Promise.all([
    load("assets/badgepress/search.js"),
    load(`assets/badgepress/index.${language}.js`),
  ]);
  if (!globalThis.badgepressSearch) throw new Error("search.js brought no search");
  return globalThis.badgepressSearch(entries);
}
