// The search dialog: made when it is first opened, a field and a list of links that follows what is typed.

import { el } from "../plate/dom.ts";
import type { Entry, Search } from "../search/main.ts";
import type { Words } from "../words.ts";
import { search } from "./finder.ts";
import { icon } from "./icons.ts";
import { result, walk } from "./results.ts";

const MOST = 20;
/** Milliseconds without a key before the number of results is read out: not one number per letter. */
const PAUSE = 400;

export class SearchDialog {
  private readonly field: HTMLInputElement;
  private readonly list = el("ul", { class: "bp-results" });
  private readonly status = el("p", { class: "bp-search__status", role: "status" });
  private readonly dialog: HTMLDialogElement;
  private find: Search | null = null;
  private speaking = 0;

  constructor(private readonly words: Words) {
    this.field = el("input", {
      type: "search",
      class: "bp-search__field",
      "aria-label": words.text("search.field"),
      placeholder: words.text("search.field"),
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "go",
      autofocus: true,
    });
    this.dialog = el(
      "dialog",
      { class: "bp-search", "aria-label": words.text("search.title") },
      el("div", { class: "bp-search__head" }, this.field, this.closing()),
      this.status,
      this.list,
    );
    this.listen();
    document.body.append(this.dialog);
  }

  /** Open the dialog and get the search ready; what was typed before is still there. */
  open(): void {
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.field.select();
    if (this.find) return;
    this.status.textContent = this.words.text("search.loading");
    search(this.words.language.language).then(
      (find) => {
        this.find = find;
        this.show();
      },
      () => {
        this.status.textContent = this.words.text("search.failed");
      },
    );
  }

  private closing(): HTMLButtonElement {
    const label = this.words.text("search.close");
    const button = el("button", { class: "bp-search__close", type: "button", "aria-label": label }, icon("close"));
    button.addEventListener("click", () => this.dialog.close());
    return button;
  }

  private listen(): void {
    this.field.addEventListener("input", () => this.show());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (walk(event.key, this.field, this.list)) event.preventDefault();
    });
    // The dialog's own padding is none: what is hit outside its children is the ground behind it.
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    // A link into this very page leads nowhere else: the dialog must not stay before it.
    this.list.addEventListener("click", () => this.dialog.close());
  }

  private show(): void {
    const query = this.field.value.trim();
    const found = query && this.find ? this.find(query) : [];
    this.list.replaceChildren(...found.slice(0, MOST).map((entry) => result(this.words, entry)));
    window.clearTimeout(this.speaking);
    if (!this.find) return;
    // What was said last does not fit any more, and is not to be read while the reader types.
    this.status.textContent = "";
    this.speaking = window.setTimeout(() => this.say(query, found), query ? PAUSE : 0);
  }

  private say(query: string, found: readonly Entry[]): void {
    const { words } = this;
    if (!query) this.status.textContent = words.text("search.hint");
    else if (!found.length) this.status.textContent = words.text("search.nothing", { query });
    else if (found.length > MOST) this.status.textContent = words.text("search.first", { most: MOST, n: found.length });
    else this.status.textContent = words.text("search.found", { n: found.length });
  }
}
