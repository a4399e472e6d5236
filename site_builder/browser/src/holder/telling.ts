// How the page says who holds the badge. The line has no seal and no colour of a verdict: the plate alone gives one.

import type { Words } from "../words.ts";
import { el, words as boxed } from "../plate/dom.ts";
import type { Opening } from "./claims.ts";

const LONGEST = 200;

/** What was proven of the holder, and how far it can be relied on. */
export interface Proven {
  readonly openings: readonly Opening[];
  /** True where only a copy's own keys speak for the badge. */
  readonly isCopy: boolean;
}

/** Return the value that stands for the holder: the name, where the link has it. */
export function holderOf(openings: readonly Opening[]): string {
  return openings[0]?.value ?? "";
}

/** Return the line that names the holder. */
export function issuedTo(words: Words, { openings, isCopy }: Proven): HTMLElement {
  const [, ...others] = openings;
  return el(
    "p",
    { class: "holder issued-to" },
    el("span", {}, ...woven(words.text("holder.issued-to"), el("b", {}, boxed(holderOf(openings), LONGEST)))),
    ...others.map(({ value }) => el("span", {}, boxed(value, LONGEST))),
    el("small", {}, words.text(isCopy ? "holder.confirmed-copy" : "holder.confirmed")),
  );
}

/** Return what is said of a link that the badge does not bear out: nothing of what it claims is repeated. */
export function wrongLink(words: Words): HTMLElement {
  return el(
    "section",
    { class: "holder note doubt" },
    el("h2", {}, words.text("holder.wrong")),
    el("p", {}, words.text("holder.wrong-why")),
    el("p", {}, words.text("holder.wrong-cure")),
  );
}

/** Return a sentence with an element where it has {holder}: a name's direction does not reach the words around it. */
export function woven(sentence: string, element: HTMLElement): (Node | string)[] {
  const [before = "", after = ""] = sentence.split("{holder}");
  return [before, element, after];
}
