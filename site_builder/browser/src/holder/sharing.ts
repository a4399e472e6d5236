// A link to share that says as much of the holder as the holder chooses.

import type { Words } from "../words.ts";
import { el, words as boxed } from "../plate/dom.ts";
import { claimLink, type Opening } from "./claims.ts";

/** What may be shared: the badge's page at its home, and what was proven of its holder. */
export interface Shareable {
  readonly page: string;
  readonly title: string;
  readonly openings: readonly Opening[];
}

/** Return the choices and buttons. The link is made when the holder asks for it, and stands nowhere before. */
export function sharing(words: Words, { page, title, openings }: Shareable): HTMLElement {
  const boxes = openings.map((opening, index) => ({ opening, box: el("input", { type: "checkbox", checked: index === 0 }) }));
  const told = el("p", { class: "told" });
  const said = el("p", { class: "said", role: "status" });
  const made = el("p", { class: "link" });
  const kept = (): Opening[] => boxes.filter(({ box }) => box.checked).map(({ opening }) => opening);

  const change = (): void => {
    told.textContent = words.text(kept().length ? "holder.link-names" : "holder.link-names-nobody");
    said.replaceChildren();
    made.replaceChildren();
  };
  const copy = async (): Promise<void> => {
    const link = claimLink(page, kept());
    made.replaceChildren(el("code", { dir: "ltr" }, link));
    said.textContent = words.text((await copied(link)) ? "award.copied" : "award.copy-yourself");
  };
  for (const { box } of boxes) box.addEventListener("change", change);
  change();
  return el(
    "div",
    {},
    el(
      "fieldset",
      {},
      el("legend", {}, words.text("holder.link-shows")),
      ...boxes.map(({ opening, box }) =>
        el("label", {}, box, el("span", {}, words.text(`holder.${opening.field}`), " ", boxed(opening.value, 200))),
      ),
    ),
    told,
    el(
      "div",
      { class: "buttons" },
      button(words.text("holder.copy-link"), () => void copy()),
      typeof navigator.share === "function" &&
        button(words.text("holder.share-link"), () => void shared({ title, url: claimLink(page, kept()) })),
    ),
    said,
    made,
  );
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = el("button", { type: "button" }, label);
  made.addEventListener("click", press);
  return made;
}

/** Return whether the browser let us copy; without https it has no clipboard for pages. */
async function copied(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch (reason) {
    if (reason instanceof DOMException || reason instanceof TypeError) return false;
    throw reason;
  }
}

async function shared(data: ShareData): Promise<void> {
  try {
    await navigator.share(data);
  } catch (reason) {
    // The reader closed the list of apps, or it cannot take a link: the copy button is beside it.
    if (!(reason instanceof DOMException)) throw reason;
  }
}
