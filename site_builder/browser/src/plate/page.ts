// One award page: what stands on it as it was written, and what is shown of the verified badge instead.

import type { Answer, JsonObject, Question } from "../verify/index.ts";
import type { Words } from "../words.ts";
import { checkAward, pretty, type Found } from "./checking.ts";
import { cut, el } from "./dom.ts";
import { achievementOf, byline, facts, homeOf, nameOf } from "./facts.ts";
import type { Judge } from "./judge.ts";
import { chooser, loaded, speak } from "./language.ts";
import { fill, type Said } from "./plate.ts";
import { object, text } from "./reading.ts";
import { addressOf, awardOf, below, type Site } from "./site.ts";
import { tools } from "./tools.ts";
import { run } from "./twins.ts";
import type {} from "../holder/main.ts";
import type {} from "../print/main.ts";

/** The parts of the page that are filled anew. */
export interface Parts {
  readonly plate: HTMLElement;
  readonly head: HTMLElement;
  readonly facts: HTMLElement;
}

export class AwardPage {
  private found: Found = { said: { kind: "checking", answers: new Map() }, raw: null, parts: new Map() };
  private checked = new Date();
  private readonly status = el("p", { class: "unseen", role: "status" });
  private readonly above = el("div", { class: "above" });
  private readonly foot = el("div", { class: "below" });
  private readonly written = { lang: document.documentElement.lang, dir: document.documentElement.dir || "ltr" };

  constructor(
    private readonly site: Site,
    private readonly judge: Judge,
    private words: Words,
    private readonly parts: Parts,
    /** What stood behind the # of the page's address. */
    private readonly claim: string,
  ) {
    document.querySelector("header")?.append(this.above);
    parts.facts.after(this.foot);
    parts.plate.after(this.status);
    addEventListener("beforeprint", () => this.prepare());
  }

  /** Check the badge, and show what is found, line by line. */
  async check(): Promise<void> {
    this.found = { ...this.found, said: { kind: "checking", answers: new Map() } };
    this.checked = new Date();
    this.show();
    const award = location.pathname.split("/").at(-2) ?? "";
    this.found = await checkAward(this.site, this.judge, award, this.checked, (question, answer) => this.tell(question, answer));
    this.show();
    // Said once, when there is something to say; the lines above it are there to be read.
    const { said } = this.found;
    if (said.kind !== "checking") this.status.textContent = this.words.say(said.kind === "verdict" ? said.verdict.summary : said.sentence);
  }

  private tell(question: Question, answer: Answer): void {
    const { said } = this.found;
    const answers = new Map(said.kind === "checking" ? said.answers : []).set(question, answer);
    this.say({ kind: "checking", answers });
  }

  private say(said: Said): void {
    this.found = { ...this.found, said };
    fill(this.parts.plate, said, this.words, () => void this.check());
  }

  /** Show everything, in the reader's language. */
  private show(): void {
    speak(this.words);
    this.say(this.found.said);
    this.showAbove();
    const document_ = this.signed();
    if (document_) this.showSigned(document_);
    else this.showClaims();
    this.showFoot(document_);
    if (document_) void this.showHolder();
  }

  /** Return the verified document; null where there is none. */
  private signed(): JsonObject | null {
    const { said } = this.found;
    return said.kind === "verdict" ? said.verdict.document : null;
  }

  private showAbove(): void {
    const check = el("a", { href: this.place("verify/") }, this.words.text("site.check"));
    const change = (language: string): void => {
      void loaded(this.site, language).then((words) => {
        this.words = words;
        this.show();
      });
    };
    const choice = chooser(this.site, this.words, change);
    this.above.replaceChildren(check, ...(choice ? [choice] : []));
  }

  /** Show what was signed, and nothing else: a page that was altered is set right. */
  private showSigned(document_: JsonObject): void {
    const { words } = this;
    const { head, facts: body } = this.parts;
    const link = (address: string, label: string): HTMLElement => this.link(address, label);
    const shown = { document: document_, words, link, parts: this.found.parts };
    const name = cut(nameOf(document_));
    const language = text(achievementOf(document_), "inLanguage") || undefined;
    head.replaceChildren(el("h1", { dir: "auto", lang: language }, name), byline(shown));
    body.replaceChildren(...facts(shown));
    for (const part of [head, body]) part.removeAttribute("dir");
    for (const part of [head, body]) part.removeAttribute("lang");
    this.showArt(this.local(text(object(achievementOf(document_), "image"), "id")), words.text("award.art", { name }));
    atLeisure(() => void this.loadSheet());
  }

  private showArt(image: string, alt: string): void {
    const art = document.querySelector<HTMLImageElement>(".head img");
    if (!art || !image) return;
    if (art.src !== image) art.src = image;
    art.alt = alt;
  }

  /** Leave the page's words as they stand, in their own language; where a check failed, say what they are. */
  private showClaims(): void {
    const { head, facts: body } = this.parts;
    for (const part of [head, body]) Object.assign(part, this.written);
    document.querySelectorAll(".only-claims, .sheet, .holder").forEach((old) => old.remove());
    const failed = this.found.said.kind !== "checking";
    body.classList.toggle("claims", failed);
    head.classList.toggle("claims", failed);
    if (failed) body.before(el("h2", { class: "only-claims" }, this.words.text("award.only-claims")));
  }

  private showFoot(document_: JsonObject | null): void {
    const { words } = this;
    const { raw } = this.found;
    const address = document_ ? homeOf(document_) : (location.href.split("#")[0] ?? "");
    const title = document_ ? nameOf(document_) : document.title;
    const rows = [
      ...(document_ ? [tools(words, { address, title, raw, print: () => this.loadSheet() })] : []),
      el("h2", {}, words.text("award.yourself")),
      el("p", {}, words.text("award.yourself-how"), " ", el("a", { href: this.place("guides/verifier/") }, words.text("award.how-to-check"))),
    ];
    // An address with signs that a shell would act on is not offered as part of a command.
    const command = /^[\w.:/~%-]+$/.test(address) && el("code", {}, `badgepress verify ${address}`);
    if (command) rows.push(el("pre", { dir: "ltr", tabindex: "0" }, command));
    const text_ = raw && el("pre", { dir: "ltr", tabindex: "0" }, pretty(raw));
    if (text_) rows.push(el("details", {}, el("summary", {}, words.text("award.signed-text")), text_));
    this.foot.replaceChildren(...rows);
  }

  /** Return the address of one of this site's pages, which a folder has under its full name only. */
  private place(path: string): string {
    return new URL(this.site.isFolder ? `${path}index.html` : path, this.site.root).href;
  }

  /** Return where a signed address leads on the site that is open; empty where it is not part of it. */
  private local(address: string): string {
    const { said } = this.found;
    const named = said.kind === "verdict" ? awardOf(said.verdict.id) : null;
    const isPage = address.endsWith("/");
    const path = named ? below(named.base, isPage ? address.slice(0, -1) : address) : null;
    if (path === null) return "";
    return isPage ? this.place(`${path}/`) : new URL(path, this.site.root).href;
  }

  private link(address: string, label: string): HTMLElement {
    const local = this.local(address);
    const shown = el("bdi", {}, cut(label));
    if (local) return el("a", { href: local }, shown);
    const outside = addressOf(address)?.protocol.startsWith("http");
    return outside ? el("a", { href: address, rel: "nofollow noopener noreferrer" }, shown) : shown;
  }

  /** Say who holds the badge, where a link proves it; the script that does stands below no verdict but a good signature's. */
  private async showHolder(): Promise<void> {
    if (!globalThis.badgepressHolder) await this.load("holder");
    const { said } = this.found;
    if (said.kind === "verdict") globalThis.badgepressHolder?.show({ verdict: said.verdict, words: this.words, claim: this.claim });
  }

  /** Load what draws the printed sheet; without it the page prints as it stands. */
  private async loadSheet(): Promise<void> {
    if (!globalThis.badgepressSheet) await this.load("print");
  }

  /** Load a script that adds to the page; without it, the page is as it is. */
  private load(name: string): Promise<void> {
    return run(new URL(`assets/badgepress/${name}.js`, this.site.root)).catch(() => undefined);
  }

  /** Make the printed sheet, when the reader prints: few do, and drawing its code takes a while. */
  private prepare(): void {
    const { said } = this.found;
    const { words, checked } = this;
    if (said.kind !== "verdict" || !said.verdict.document || !globalThis.badgepressSheet) return;
    const art = document.querySelector<HTMLImageElement>(".head img")?.src ?? "";
    const address = homeOf(said.verdict.document);
    const made = globalThis.badgepressSheet({ words, verdict: said.verdict, art, address, checked, holder: globalThis.badgepressHolder?.named ?? "" });
    document.querySelectorAll(".sheet").forEach((old) => old.remove());
    document.body.append(made);
  }
}

/** Do what nobody waits for when the browser has time. */
function atLeisure(task: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(task);
  else setTimeout(task, 1000);
}
