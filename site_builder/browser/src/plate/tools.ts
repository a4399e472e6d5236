// What a reader can do with a badge: share its link, keep its file, print it.

import type { Words } from "../words.ts";
import { el } from "./dom.ts";

/** What the buttons need: the address to share, the badge's file, and who prepares a page for print. */
export interface Use {
  readonly address: string;
  readonly title: string;
  readonly raw: Uint8Array | null;
  readonly print: () => Promise<void>;
}

/** Return the row of buttons. Nothing is shared before the reader presses one. */
export function tools(words: Words, use: Use): HTMLElement {
  const said = el("span", { class: "said", role: "status" });
  const share = button(words.text("award.share"), () => void shared(words, use, said));
  const print = button(words.text("award.print"), () => void use.print().then(() => globalThis.print()));
  const save = use.raw && el("a", { href: "credential.json", download: "credential.json" }, words.text("award.download"));
  if (save && use.raw) save.href = URL.createObjectURL(new Blob([use.raw.slice()], { type: "application/json" }));
  return el("div", { class: "tools" }, share, save, print, said);
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = el("button", { type: "button" }, label);
  made.addEventListener("click", press);
  return made;
}

async function shared(words: Words, { address, title }: Use, said: HTMLElement): Promise<void> {
  try {
    if (typeof navigator.share === "function") {
      await navigator.share({ title, url: address });
      return;
    }
    await navigator.clipboard.writeText(address);
    said.textContent = words.text("award.copied");
  } catch (reason) {
    // The reader closed the list of apps: nothing to say.
    if (reason instanceof DOMException && reason.name === "AbortError") return;
    said.replaceChildren(words.text("award.copy-yourself"), " ", el("bdi", { class: "address" }, address));
  }
}
