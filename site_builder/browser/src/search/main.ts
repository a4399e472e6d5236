// The search itself: loaded, with the index, when a reader first opens the dialog.

import MiniSearch, { type SearchOptions } from "minisearch";

import { foldWord } from "./fold.ts";

/** What index.<language>.js lists; the last two stand, if not empty, where a text is in another language. */
export type Entry = readonly [
  kind: string,
  title: string,
  summary: string,
  more: string,
  address: string,
  titleLanguage?: string,
  summaryLanguage?: string,
];
export type Search = (query: string) => Entry[];

declare global {
  // eslint-disable-next-line no-var -- a classic script hands it to the page's own
  var badgepressSearch: ((entries: readonly Entry[]) => Search) | undefined;
}

const OPTIONS: SearchOptions = {
  boost: { title: 4, more: 1.5 },
  prefix: true,
  // Short words have too many neighbours: "hat" is not a misspelt "cat".
  fuzzy: (term) => (term.length > 3 ? 0.2 : false),
  weights: { prefix: 0.6, fuzzy: 0.3 },
};

/** Return a search over the entries: all words of a query, or where none has them all, any. */
globalThis.badgepressSearch = (entries) => {
  const index = new MiniSearch<{ id: number; title: string; summary: string; more: string }>({
    fields: ["title", "summary", "more"],
    processTerm: (term) => foldWord(term) || null,
    searchOptions: OPTIONS,
  });
  index.addAll(entries.map(([, title, summary, more], id) => ({ id, title, summary, more })));
  return (query) => {
    const all = index.search(query, { combineWith: "AND" });
    const found = all.length ? all : index.search(query, { combineWith: "OR" });
    return found.map(({ id }) => entries[id as number]).filter((entry) => entry !== undefined);
  };
};
