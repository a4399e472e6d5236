// What the page says of a selection, in words: what is applied, and what to loosen where nothing fits.

import { el } from "../plate/dom.ts";
import type { Words } from "../words.ts";
import type { Form } from "./form.ts";
import type { Found } from "./matching.ts";
import type { State } from "./state.ts";
import { isNothing } from "./state.ts";

// Words of ours may stand small within a sentence; names of skills and languages stay as they are written.
const OURS = new Set(["kind", "level", "type", "method", "hours"]);

/** Return the sentence above the cards: 14 of 212: foundational, under 5 hours. */
export function applied(words: Words, form: Form, state: State, shown: number, all: number): string {
  if (isNothing(state)) return words.text("browse.count", { n: all });
  const filters = [...state.chosen].map(([group, values]) => named(words, form, group, values)).flat();
  if (state.text.trim()) filters.push(quoted(words, state.text));
  return words.text("browse.some", { shown, all, filters: list(words, filters) });
}

/** Return what stands in place of the cards where none fits; `loosen` is called with what to leave out. */
export function nothing(
  words: Words,
  form: Form,
  state: State,
  found: Found,
  loosen: (group: string | null) => void,
): Node[] {
  const title = el("p", {}, el("strong", {}, words.text("browse.nothing")));
  if (!found.loosen) return [title, el("p", {}, words.text("browse.too-much"))];
  const { group, count } = found.loosen;
  const filter =
    group === null ? quoted(words, state.text) : either(words, named(words, form, group, state.chosen.get(group) ?? []));
  const button = el("button", { type: "button", class: "bp-button" }, words.text("browse.drop", { filter }));
  button.addEventListener("click", () => loosen(group));
  return [title, el("p", {}, words.text("browse.loosen", { filter, n: count })), button];
}

function named(words: Words, form: Form, group: string, values: Iterable<string>): string[] {
  const labels = form.labels(group, values);
  return OURS.has(group) ? labels.map((label) => small(words, label)) : labels;
}

function small(words: Words, label: string): string {
  return label.charAt(0).toLocaleLowerCase(words.language.language) + label.slice(1);
}

function quoted(words: Words, text: string): string {
  return words.text("browse.text", { query: text.trim() });
}

function list(words: Words, items: readonly string[]): string {
  return items.join(words.language.language === "ar" ? "، " : ", ");
}

function either(words: Words, items: readonly string[]): string {
  return new Intl.ListFormat(words.language.language, { type: "disjunction" }).format(items);
}
