// The filters of the front page. The cards are all there already: this only hides those that do not fit.

import { Words } from "../words.ts";
import { readCards, showCards } from "./cards.ts";
import { Form } from "./form.ts";
import { match } from "./matching.ts";
import type { State } from "./state.ts";
import { NOTHING, addressOf, isNothing, stateOf, without } from "./state.ts";
import { applied, nothing } from "./telling.ts";

/** Milliseconds without a key before what is typed is read out and put into the address. */
const PAUSE = 300;

class Browsing {
  private readonly cards;
  private readonly offered;
  private state: State = NOTHING;
  private typing = 0;

  constructor(
    private readonly words: Words,
    private readonly form: Form,
    private readonly field: HTMLInputElement | null,
    private readonly told: HTMLElement,
    private readonly clear: HTMLElement,
    private readonly none: HTMLElement,
  ) {
    this.offered = form.offered;
    this.cards = readCards(form.groups);
  }

  start(): void {
    const { form, field } = this;
    form.element.addEventListener("change", () => this.choose({ ...this.state, chosen: form.chosen() }));
    form.element.addEventListener("submit", (event) => event.preventDefault());
    field?.addEventListener("input", () => this.type(field.value));
    field?.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.settle();
      this.arrive();
    });
    this.clear.addEventListener("click", () => this.leave(NOTHING));
    addEventListener("popstate", () => this.restore());
    this.restore();
    form.unfold(() => this.arrive());
    if (field?.form) field.form.hidden = false;
  }

  /** Show what the address asks for, on arrival and on the way back. */
  private restore(): void {
    window.clearTimeout(this.typing);
    this.typing = 0;
    this.state = stateOf(location.search, this.offered);
    this.fill();
    this.tell(this.filter());
  }

  /** Take a choice: it gets a step of its own in the browser's history. */
  private choose(state: State): void {
    this.settle();
    this.state = state;
    this.tell(this.filter());
    this.remember("push");
  }

  private type(text: string): void {
    this.state = { ...this.state, text };
    const found = this.filter();
    window.clearTimeout(this.typing);
    this.typing = window.setTimeout(() => {
      this.typing = 0;
      this.tell(found);
      this.remember("replace");
    }, PAUSE);
  }

  /** Finish what still waits for a pause in typing. */
  private settle(): void {
    if (!this.typing) return;
    window.clearTimeout(this.typing);
    this.typing = 0;
    this.tell(this.filter());
    this.remember("replace");
  }

  /** Go on with less; the button that was pressed is gone then, so the focus moves to what is said. */
  private leave(state: State): void {
    this.choose(state);
    this.fill();
    this.told.focus();
  }

  private fill(): void {
    this.form.show(this.state.chosen);
    if (this.field) this.field.value = this.state.text;
  }

  private filter(): ReturnType<typeof match> {
    const found = match(this.cards, this.form.groups, this.state);
    showCards(this.cards, found.fits);
    this.form.showCounts(found, this.state.chosen);
    this.none.hidden = found.count > 0 || isNothing(this.state);
    this.clear.hidden = isNothing(this.state);
    return found;
  }

  /** Say what is applied; a screen reader reads it out when it changes. */
  private tell(found: ReturnType<typeof match>): void {
    const { words, form, state } = this;
    const sentence = applied(words, form, state, found.count, this.cards.length);
    if (this.told.textContent !== sentence) this.told.textContent = sentence;
    const loosen = (group: string | null): void => this.leave(without(this.state, group));
    this.none.replaceChildren(...(this.none.hidden ? [] : nothing(words, form, state, found, loosen)));
  }

  private remember(how: "push" | "replace"): void {
    const address = addressOf(this.state, location.href, this.offered);
    if (address === location.href) return;
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  /** Go to the cards, as the buttons beside the field and below the filters promise. */
  private arrive(): void {
    this.told.focus({ preventScroll: true });
    this.told.scrollIntoView();
  }
}

const form = document.querySelector<HTMLFormElement>(".bp-filters");
const told = document.querySelector<HTMLElement>(".bp-applied");
const clear = document.querySelector<HTMLElement>(".bp-clear");
const none = document.querySelector<HTMLElement>(".bp-nothing");
if (form && told && clear && none) {
  const words = Words.ofPage();
  told.tabIndex = -1;
  const field = document.querySelector<HTMLInputElement>(".bp-hero__search input");
  new Browsing(words, new Form(form, words), field, told, clear, none).start();
}
