// Which cards fit, and how many would: one walk over the cards, without the page.

import { foldedWords } from "../search/fold.ts";
import type { State } from "./state.ts";

/** A card as values: what it answers to each group, and all its words in the form in which they are compared. */
export interface Facts {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly words: string;
}

export interface Found {
  /** For each card, in order: does it fit? */
  readonly fits: readonly boolean[];
  readonly count: number;
  /** For each choice, by group and value: how many cards it alone would show in its group. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The one thing to leave out that brings back most cards, where none fits; its group is null for the text. */
  readonly loosen: { readonly group: string | null; readonly count: number } | null;
}

/** Return what fits a state: any value within a group, but every group, and every word of the text. */
export function match(cards: readonly Facts[], groups: Iterable<string>, state: State): Found {
  const names = [...groups];
  const wanted = foldedWords(state.text);
  const counts = new Map(names.map((name) => [name, new Map<string, number>()]));
  const loosened = new Map<string | null, number>();
  const fits = cards.map((card) => {
    const missed = misses(card, state, wanted);
    if (missed.length > 1) return false;
    const [only] = missed;
    if (only !== undefined) loosened.set(only, (loosened.get(only) ?? 0) + 1);
    // A card that fails in one group alone still counts for that group's other choices.
    if (only !== null) tally(card, only === undefined ? names : [only], counts);
    return !missed.length;
  });
  const count = fits.filter(Boolean).length;
  return { fits, count, counts, loosen: count ? null : best(loosened) };
}

/** Return the groups in which a card does not fit; null stands for the text. */
function misses(card: Facts, state: State, wanted: readonly string[]): (string | null)[] {
  const missed: (string | null)[] = [];
  for (const [group, values] of state.chosen) {
    if (!card.values.get(group)?.some((value) => values.has(value))) missed.push(group);
  }
  // A word fits from its beginning: who types "stat" is on the way to "statistics", not to "estate".
  if (!wanted.every((word) => card.words.includes(` ${word}`))) missed.push(null);
  return missed;
}

function tally(card: Facts, groups: readonly string[], counts: ReadonlyMap<string, Map<string, number>>): void {
  for (const group of groups) {
    const tallies = counts.get(group);
    for (const value of card.values.get(group) ?? []) tallies?.set(value, (tallies.get(value) ?? 0) + 1);
  }
}

function best(loosened: ReadonlyMap<string | null, number>): Found["loosen"] {
  const [first] = [...loosened].sort(([, one], [, other]) => other - one);
  return first ? { group: first[0], count: first[1] } : null;
}

/** Return a card's words in the form in which they are compared, each with a space before it. */
export function wordsOf(...texts: readonly string[]): string {
  return foldedWords(texts.join(" ")).map((word) => ` ${word}`).join("");
}
