// Every page of the catalog: the buttons in its header, and links that work from a folder too.

import { el } from "../plate/dom.ts";
import { Words } from "../words.ts";
import { icon } from "./icons.ts";
import { mendLinks } from "./root.ts";
import { SearchDialog } from "./search-dialog.ts";
import { themeButton } from "./theme-button.ts";

const words = Words.ofPage();
let dialog: SearchDialog | null = null;

function open(): void {
  dialog ??= new SearchDialog(words);
  dialog.open();
}

function searchButton(): HTMLButtonElement {
  const button = el(
    "button",
    { class: "bp-open-search", type: "button", "aria-haspopup": "dialog", "aria-keyshortcuts": "Control+K Meta+K" },
    icon("search"),
    el("span", {}, words.text("search.open")),
  );
  button.addEventListener("click", open);
  return button;
}

// Not a bare "/" besides: WCAG 2.1.4 forbids shortcuts of one letter that a reader cannot turn off.
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open();
});

mendLinks();
document.querySelector(".bp-tools")?.append(searchButton(), themeButton(words));
