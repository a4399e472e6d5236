// "Check a holder": a visitor who was given the secret of a claim link tests a name or an address. Nothing is sent.

import type { Words } from "../words.ts";
import { el, words as boxed } from "../plate/dom.ts";
import { fieldOf, tested, type Commitments } from "./badge.ts";
import { woven } from "./telling.ts";

const SILENT = { type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false" };

/** Return the form, folded away. */
export function asking(words: Words, held: Commitments, isCopy: boolean): HTMLElement {
  const value = el("input", { ...SILENT, dir: "auto" });
  const secret = el("input", { ...SILENT, dir: "ltr", class: "secret" });
  const said = el("p", { class: "fit", role: "status" });
  const form = el(
    "form",
    { autocomplete: "off", novalidate: true },
    el("p", {}, words.text("holder.check-how")),
    el("label", {}, words.text("holder.check-value"), value),
    el("label", {}, words.text("holder.check-secret"), secret),
    el("button", {}, words.text("holder.check-press")),
    said,
  );
  const answer = (): void => {
    const fit = tested(held, value.value, secret.value);
    if (fit === "fits") tell(said, ...woven(words.text(isCopy ? "holder.fits-copy" : "holder.fits"), el("b", {}, boxed(value.value, 200))));
    else tell(said, words.text(fit === "none" ? `holder.none.${fieldOf(value.value)}` : "holder.fits-not"));
  };
  form.addEventListener("submit", (event) => {
    // Nothing is sent: the policy of the page forbids it, too.
    event.preventDefault();
    const empty = [value, secret].find((input) => !input.value.trim());
    for (const input of [value, secret]) input.setAttribute("aria-invalid", String(input === empty));
    if (empty) {
      tell(said, words.text("holder.check-empty"));
      empty.focus();
    } else answer();
  });
  return el("details", { class: "ask" }, el("summary", {}, words.text("holder.check")), form);
}

/** Say something in a place that is announced, also where it was said before. */
function tell(said: HTMLElement, ...parts: Parameters<HTMLElement["append"]>): void {
  said.replaceChildren();
  requestAnimationFrame(() => said.replaceChildren(...parts));
}
