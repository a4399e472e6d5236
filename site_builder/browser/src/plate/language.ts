// The reader's choice among the site's languages, remembered in this browser.

import { Words } from "../words.ts";
import { el } from "./dom.ts";
import { isWithheld } from "./known.ts";
import type { Site } from "./site.ts";
import { run } from "./twins.ts";

const KEY = "badgepress.language";

/** Return the words of the language the reader chose before, or of the page; loads them where they are not there. */
export async function chosenWords(site: Site): Promise<Words> {
  const wanted = remembered();
  return wanted && site.languages.includes(wanted) ? loaded(site, wanted) : Words.ofPage();
}

/** Return the words of one of the site's languages; of the page's own where they cannot be had. */
export async function loaded(site: Site, language: string): Promise<Words> {
  if (!globalThis.badgepressWords?.[language]) {
    await run(new URL(`assets/badgepress/words.${language}.js`, site.root)).catch(() => undefined);
  }
  return Words.ofPage(language);
}

/** Let the document speak the language of `words`: hyphens, voices and direction follow. */
export function speak(words: Words): void {
  document.documentElement.lang = words.language.language;
  document.documentElement.dir = words.language.direction;
}

/** Return the list of languages; `change` is called with the reader's choice, which is remembered. Null for one language. */
export function chooser(site: Site, words: Words, change: (language: string) => void): HTMLElement | null {
  if (site.languages.length < 2) return null;
  const current = words.language.language;
  const list = el(
    "select",
    { "aria-label": words.text("site.language") },
    ...site.languages.map((tag) => el("option", { value: tag, lang: tag, selected: tag === current }, nameOf(tag))),
  );
  list.addEventListener("change", () => {
    keep(list.value);
    change(list.value);
  });
  return el("span", { class: "language" }, list);
}

/** Return a language's name in itself: français. */
function nameOf(tag: string): string {
  return new Intl.DisplayNames([tag], { type: "language", fallback: "code" }).of(tag) ?? tag;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch (reason) {
    if (isWithheld(reason)) return null;
    throw reason;
  }
}

function keep(language: string): void {
  try {
    localStorage.setItem(KEY, language);
  } catch (reason) {
    if (!isWithheld(reason)) throw reason;
  }
}
