// The button that turns the page light or dark, and holds the choice for the next page.

import { el } from "../plate/dom.ts";
import { choose, chosen, show, shown } from "../theme/choice.ts";
import type { Words } from "../words.ts";
import { icon } from "./icons.ts";

/** Return the button; its name says what pressing it does, so it has no state besides to be told. */
export function themeButton(words: Words): HTMLButtonElement {
  const button = el("button", { class: "bp-theme", type: "button" }, icon("theme"));
  const name = (): void => {
    const label = words.text(shown() === "dark" ? "site.theme.light" : "site.theme.dark");
    button.setAttribute("aria-label", label);
    button.title = label;
  };
  button.addEventListener("click", () => {
    choose(shown() === "dark" ? "light" : "dark");
    name();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  // A page that comes back from the browser's memory may be older than the choice.
  addEventListener("pageshow", (event) => {
    if (event.persisted) show(chosen());
    name();
  });
  name();
  return button;
}
