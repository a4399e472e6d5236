// The cards of the page, read once; after that only their `hidden` changes.

import type { Facts } from "./matching.ts";
import { wordsOf } from "./matching.ts";

export interface Card extends Facts {
  readonly element: HTMLElement;
}

/** Return the page's cards, with their answers to these groups. */
export function readCards(groups: readonly string[]): Card[] {
  return [...document.querySelectorAll<HTMLElement>(".bp-card[data-kind]")].map((element) => ({
    element,
    values: new Map(groups.map((group) => [group, (element.dataset[group] ?? "").split(" ")])),
    words: wordsOf(element.textContent ?? "", element.dataset.words ?? ""),
  }));
}

/** Show the cards that fit, and only those; a section without any hides its heading too. */
export function showCards(cards: readonly Card[], fits: readonly boolean[]): void {
  const sections = new Map<HTMLElement, boolean>();
  cards.forEach(({ element }, place) => {
    const fitting = fits[place] ?? true;
    if (element.hidden === fitting) element.hidden = !fitting;
    const section = element.closest("section");
    if (section) sections.set(section, (sections.get(section) ?? false) || fitting);
  });
  for (const [section, fitting] of sections) section.hidden = !fitting;
}
