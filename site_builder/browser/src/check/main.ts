// Begins on /verify/: any badge is checked in the reader's browser; other hosts are asked only on a button.

import { chosen, show } from "../theme/choice.ts";
import type { Words } from "../words.ts";
import { el, type Child } from "../plate/dom.ts";
import { chooser, chosenWords, loaded, speak } from "../plate/language.ts";
import { siteOf, type Site } from "../plate/site.ts";
import { Checks } from "./checks.ts";
import { csv } from "./csv.ts";
import { dropped, form } from "./form.ts";
import type { Item } from "./items.ts";
import { counts, headOf, issuers, result } from "./results.ts";

class CheckPage {
  private readonly checks: Checks;
  private checked = new Date();
  private readonly above = el("div", { class: "above" });
  private readonly ways = el("div");
  private readonly asking = el("section", { class: "asking" });
  private readonly status = el("p", { class: "unseen", role: "status" });
  private readonly results = el("section", { class: "results" });
  private readonly known = el("div");

  constructor(
    private readonly site: Site,
    private words: Words,
    private readonly main: HTMLElement,
  ) {
    this.checks = new Checks(site);
    document.querySelector("header")?.append(this.above);
    main.querySelector(".without")?.remove();
    main.append(this.ways, this.status, this.asking, this.results, this.known);
    dropped(() => main.querySelector(".drop"), (items) => void this.take(items));
  }

  /** Say everything anew, in the reader's language. */
  show(): void {
    const { words, site } = this;
    speak(words);
    const change = (language: string): void => {
      void loaded(site, language).then((found) => {
        this.words = found;
        this.show();
      });
    };
    const choice = chooser(site, words, change);
    this.above.replaceChildren(...(choice ? [choice] : []));
    this.main.querySelector("h1")?.replaceChildren(words.text("check.title"));
    this.main.querySelector(".lead")?.replaceChildren(words.text("check.lead"));
    this.ways.replaceChildren(form(words, (items) => void this.take(items)));
    this.showResults();
  }

  private async take(items: readonly Item[]): Promise<void> {
    if (!items.length) return;
    await this.work(() => this.checks.add(items, this.checked));
  }

  private async work(task: () => Promise<void>): Promise<void> {
    this.status.textContent = this.words.text("award.state.checking");
    this.checked = new Date();
    await task();
    this.showResults();
    this.status.textContent = this.told();
  }

  /** Return what is announced: of one badge its verdict, of many how many there are of each. */
  private told(): string {
    const { list } = this.checks;
    const [only] = list;
    if (list.length === 1 && only?.verdict) return this.words.say(only.verdict.summary);
    const words = list.map((check) => this.words.text(`award.state.${headOf(check).word}`));
    const parts = [...new Set(words)].map((word) => `${word}: ${words.filter((other) => other === word).length}`);
    return `${this.words.text("check.counted", { n: list.length })}. ${parts.join(", ")}`;
  }

  private showResults(): void {
    const { words } = this;
    const { list } = this.checks;
    this.asking.replaceChildren(...this.questions());
    const again = (): void => void this.work(() => this.checks.judge(this.checked, true));
    const many = list.length > 1;
    this.results.replaceChildren(
      ...present([
        list.length > 0 && el("h2", {}, words.text("check.results")),
        many && counts(list, words),
        list.length > 0 && this.tools(),
        list.length > 0 && el("ul", { class: "found" }, ...list.map((check) => result(check, words, !many, again))),
      ]),
    );
    this.known.replaceChildren(issuers(words, again));
  }

  /** Return a button for each host that badges wait for; nothing leaves this site before one is pressed. */
  private questions(): HTMLElement[] {
    const { words } = this;
    const hosts = [...this.checks.waiting];
    if (!hosts.length) return [];
    const buttons = hosts.map(([host, n]) => {
      const button = el("button", { type: "button", class: "button" }, words.text("check.ask", { host }));
      button.addEventListener("click", () => void this.work(() => this.checks.allow(host, this.checked)));
      return el("p", {}, button, " ", words.text("check.ask-for", { n }));
    });
    return [el("h2", {}, words.text("check.asking")), el("p", {}, words.text("check.asking-why")), ...buttons];
  }

  private tools(): HTMLElement {
    const { words } = this;
    const said = el("span", { class: "said", role: "status" });
    const text = (): string => csv(this.checks.list, words, this.checked);
    const copy = el("button", { type: "button" }, words.text("check.copy-csv"));
    copy.addEventListener("click", () => {
      void navigator.clipboard.writeText(text()).then(
        () => (said.textContent = words.text("check.copied")),
        () => (said.textContent = words.text("check.not-copied")),
      );
    });
    const save = el("a", { href: "#", download: "badges.csv" }, words.text("check.save-csv"));
    save.addEventListener("click", () => (save.href = URL.createObjectURL(new Blob(["\ufeff", text()], { type: "text/csv" }))));
    const clear = el("button", { type: "button" }, words.text("check.clear"));
    clear.addEventListener("click", () => {
      this.checks.clear();
      this.showResults();
    });
    return el("div", { class: "tools" }, copy, save, clear, said);
  }
}

function present(children: readonly Child[]): Node[] {
  return children.filter((child): child is Node => child instanceof Node);
}

async function start(script: HTMLScriptElement): Promise<void> {
  show(chosen());
  const main = document.querySelector("main");
  if (!main) throw new Error("this page has no place for results");
  const site = siteOf(script);
  new CheckPage(site, await chosenWords(site), main).show();
}

if (document.currentScript instanceof HTMLScriptElement) void start(document.currentScript);
