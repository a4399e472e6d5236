// The form of the filters: its boxes by group and value, and the sheet it lies in on phones.

import { el } from "../plate/dom.ts";
import type { Words } from "../words.ts";
import type { Found } from "./matching.ts";
import type { Offered, State } from "./state.ts";

interface Box {
  readonly input: HTMLInputElement;
  readonly label: string;
  readonly count: Element | null;
}

/** From this width on there is room for the form beside the cards (pages/styles/home.css). */
const DESKTOP = "(min-width: 60rem)";

export class Form {
  readonly groups: readonly string[];
  private readonly boxes = new Map<string, Map<string, Box>>();
  private readonly sheet: HTMLDetailsElement | null;
  private readonly done = el("button", { type: "button", class: "bp-button bp-filters__show" });

  constructor(
    readonly element: HTMLFormElement,
    private readonly words: Words,
  ) {
    for (const input of element.querySelectorAll("input")) {
      const group = this.boxes.get(input.name) ?? new Map<string, Box>();
      const [name, count] = input.parentElement?.querySelectorAll("span") ?? [];
      group.set(input.value, { input, label: name?.textContent ?? "", count: count ?? null });
      this.boxes.set(input.name, group);
    }
    this.groups = [...this.boxes.keys()];
    this.sheet = element.closest("details");
  }

  get offered(): Offered {
    return new Map([...this.boxes].map(([group, boxes]) => [group, new Set(boxes.keys())]));
  }

  /** Show the form: beside the cards, or on phones in a sheet above them; `leave` is called when that is left. */
  unfold(leave: () => void): void {
    this.element.hidden = false;
    const { sheet } = this;
    if (!sheet) return;
    const desktop = matchMedia(DESKTOP);
    const fit = (): void => {
      sheet.open = desktop.matches;
      this.done.hidden = desktop.matches;
    };
    this.done.addEventListener("click", () => {
      sheet.open = false;
      leave();
    });
    this.element.append(this.done);
    desktop.addEventListener("change", fit);
    fit();
    sheet.hidden = false;
  }

  /** Return the values that are ticked now, by group. */
  chosen(): State["chosen"] {
    const chosen = new Map<string, Set<string>>();
    for (const [group, boxes] of this.boxes) {
      const ticked = [...boxes].filter(([, { input }]) => input.checked).map(([value]) => value);
      if (ticked.length) chosen.set(group, new Set(ticked));
    }
    return chosen;
  }

  /** Tick what a state has, and bring what is ticked into sight. */
  show(chosen: State["chosen"]): void {
    for (const [group, boxes] of this.boxes) {
      for (const [value, { input }] of boxes) {
        input.checked = chosen.get(group)?.has(value) ?? false;
        const fold = input.closest("details");
        if (input.checked && fold && fold !== this.sheet) fold.open = true;
      }
    }
  }

  /** Write how many cards each choice would show, how many all of them do, and how many choices are made. */
  showCounts({ counts, count: all }: Found, chosen: State["chosen"]): void {
    this.done.textContent = this.words.text("browse.show", { n: all });
    for (const [group, boxes] of this.boxes) {
      for (const [value, { input, count }] of boxes) {
        const number = counts.get(group)?.get(value) ?? 0;
        const text = this.words.number(number);
        if (count && count.textContent !== text) count.textContent = text;
        input.parentElement?.classList.toggle("bp-choice--none", number === 0 && !input.checked);
      }
    }
    const made = [...chosen.values()].reduce((sum, values) => sum + values.size, 0);
    const told = this.sheet?.querySelector("summary .bp-count");
    if (told) told.textContent = made ? this.words.number(made) : "";
  }

  /** Return the labels of what is chosen in a group. */
  labels(group: string, values: Iterable<string>): string[] {
    return [...values].map((value) => this.boxes.get(group)?.get(value)?.label ?? value);
  }
}
