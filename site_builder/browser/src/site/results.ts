// The list of what was found: plain links, so that every reader's own way of walking through links works.

import { el } from "../plate/dom.ts";
import type { Entry } from "../search/main.ts";
import type { Words } from "../words.ts";
import { addressOfPage } from "./root.ts";

const CREDENTIALS = new Set(["nanocredential", "microcredential", "stacked-microcredential", "certificate"]);

/** Return one line of the list: what kind of page it is, its title, and what it is about. */
export function result(words: Words, [kind, title, summary, , address, ...languages]: Entry): HTMLLIElement {
  return el(
    "li",
    {},
    el(
      "a",
      { href: addressOfPage(address) },
      el("span", { class: "bp-results__kind" }, kindOf(words, kind)),
      " ",
      el("span", { class: "bp-results__name", ...speech(languages[0]) }, title),
      " ",
      el("span", { class: "bp-results__summary", ...speech(languages[1]) }, summary),
    ),
  );
}

function speech(language: string | undefined): Record<string, string> {
  return language ? { lang: language, dir: "auto" } : {};
}

function kindOf(words: Words, kind: string): string {
  return words.text(CREDENTIALS.has(kind) ? `terms.kind.${kind}` : `search.kind.${kind}`);
}

/** Move the focus from the field into the list and along it; return true where the key was one of ours. */
export function walk(key: string, field: HTMLInputElement, list: HTMLElement): boolean {
  const links = [...list.querySelectorAll("a")];
  const here = links.findIndex((link) => link === document.activeElement);
  const inField = document.activeElement === field;
  if (key === "Enter" && inField) links[0]?.click();
  else if (key === "ArrowDown") links[Math.min(here + 1, links.length - 1)]?.focus();
  else if (key === "ArrowUp" && !inField) (links[here - 1] ?? field).focus();
  else if (key === "Home" && here >= 0) links[0]?.focus();
  else if (key === "End" && here >= 0) links[links.length - 1]?.focus();
  else return false;
  return true;
}
