// Who holds the badge: loaded by an award page whose badge is rightly signed (plate/page.ts).

import type { Verdict } from "../verify/index.ts";
import type { Words } from "../words.ts";
import { el } from "../plate/dom.ts";
import { homeOf, nameOf } from "../plate/facts.ts";
import { takenFragment } from "../plate/fragment.ts";
import { asking } from "./asking.ts";
import { commitmentsOf, holdsNothing, proven, type Commitments } from "./badge.ts";
import { openingsIn, type Opening } from "./claims.ts";
import { sharing } from "./sharing.ts";
import { holderOf, issuedTo, wrongLink } from "./telling.ts";

/** The verdict on the page's badge, the reader's words, and the fragment that the page was opened with. */
export interface Use {
  readonly verdict: Verdict;
  readonly words: Words;
  readonly claim: string;
}

/** What the page's own script sees of this one. */
export interface Holder {
  /** Say who holds the badge, or that it is not shown; what was said before goes. */
  show(use: Use): void;
  /** The holder, where it was proven: what the printed sheet names. */
  readonly named: string;
}

declare global {
  // eslint-disable-next-line no-var -- a classic script hands it to the page's own
  var badgepressHolder: Holder | undefined;
}

type Document = NonNullable<Verdict["document"]>;

class HolderOfPage implements Holder {
  named = "";
  // A reader may have put a claim link into the address bar while this script was on its way.
  #claim = takenFragment();
  #told = "";
  #last: Use | null = null;
  readonly #status = el("p", { class: "unseen", role: "status" });

  constructor() {
    document.querySelector("main")?.append(this.#status);
    // A link put into the address bar of an open page loads nothing anew.
    addEventListener("hashchange", () => {
      const found = takenFragment();
      if (openingsIn(found)?.length === 0) return;
      this.#claim = found;
      if (this.#last) this.show(this.#last);
    });
  }

  show(use: Use): void {
    const { verdict } = (this.#last = use);
    this.#claim ||= use.claim;
    this.named = "";
    document.querySelectorAll(".holder").forEach((old) => old.remove());
    if (verdict.document) this.#showSigned(use, verdict.document);
  }

  #showSigned({ words, verdict }: Use, document_: Document): void {
    const held = commitmentsOf(document_);
    const openings = openingsIn(this.#claim);
    const isCopy = verdict.answers.authentic.value === "matches-copy";
    const ask = asking(words, held, isCopy);
    const isProven = openings !== null && proven(held, openings);
    if (isProven) this.#showProven(words, document_, openings, isCopy, ask);
    else showNobody(words, held, ask);
    if (!isProven && openings?.length !== 0) this.#showWrong(words);
  }

  #showProven(words: Words, document_: Document, openings: readonly Opening[], isCopy: boolean, ask: HTMLElement): void {
    this.named = holderOf(openings);
    const line = issuedTo(words, { openings, isCopy });
    const share = sharing(words, { page: homeOf(document_), title: nameOf(document_), openings });
    document.querySelector(".head h1")?.after(line);
    document.querySelector(".below .tools")?.after(
      section(el("h2", {}, words.text("holder.share")), el("p", {}, words.text("holder.share-how")), share, ask),
    );
    this.#announce(words.text("holder.issued-to").replace("{holder}", this.named));
  }

  #showWrong(words: Words): void {
    document.querySelector(".facts")?.prepend(wrongLink(words));
    this.#announce(words.text("holder.wrong"));
  }

  /** Say it once for each link: in another language, it is there to be read. */
  #announce(sentence: string): void {
    if (this.#told === this.#claim) return;
    this.#told = this.#claim;
    this.#status.textContent = sentence;
  }
}

/** Say why nobody is named, and let a visitor test what they were told. */
function showNobody(words: Words, held: Commitments, ask: HTMLElement): void {
  const without = holdsNothing(held);
  const told = el("p", {}, words.text(without ? "holder.holds-nothing" : "holder.not-shown"));
  document.querySelector(".below")?.prepend(section(el("h2", {}, words.text("holder.heading")), told, !without && ask));
}

function section(...children: Parameters<typeof el>[2][]): HTMLElement {
  return el("section", { class: "holder" }, ...children);
}

globalThis.badgepressHolder ??= new HolderOfPage();
