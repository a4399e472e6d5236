// The reader's choice of light or dark: kept in this browser, and shown by the document's root.

import { isWithheld } from "../plate/known.ts";

export type Theme = "light" | "dark";

const KEY = "badgepress.theme";

/** Return what the reader chose before; null without a choice, or where the browser keeps nothing. */
export function chosen(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch (reason) {
    if (isWithheld(reason)) return null;
    throw reason;
  }
}

/** Show a theme and remember it; where the browser keeps nothing, this page alone changes. */
export function choose(theme: Theme): void {
  show(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch (reason) {
    if (!isWithheld(reason)) throw reason;
  }
}

/** Show a theme; without one the page follows the reader's system. */
export function show(theme: Theme | null): void {
  if (theme) document.documentElement.dataset.theme = theme;
}

/** Return the theme that the reader sees. */
export function shown(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === "light" || theme === "dark") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
