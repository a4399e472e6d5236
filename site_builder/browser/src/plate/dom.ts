// Elements made one by one: what strangers wrote is only ever text, never markup.

import { addressOf } from "./site.ts";

export type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Return a new element; a true attribute stands without a value, a false or missing one is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter(isChild));
  return made;
}

function isChild(child: Child): child is Node | string {
  return child !== null && child !== undefined && child !== false && child !== "";
}

const SVG = "http://www.w3.org/2000/svg";

/** Return a drawing on a square grid; it is decoration, so screen readers pass it by. */
export function drawing(size: number, paths: readonly Readonly<Record<string, string>>[], kind = ""): SVGSVGElement {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", `0 0 ${size} ${size}`);
  made.setAttribute("aria-hidden", "true");
  if (kind) made.setAttribute("class", kind);
  for (const attributes of paths) {
    const path = document.createElementNS(SVG, "path");
    for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
    made.append(path);
  }
  return made;
}

// Signs that turn or hide what stands after them, and those that are not printed at all.
const TURNING = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
const UNPRINTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Return a stranger's text without signs that would turn or hide the words around it, cut after `limit` letters. */
export function plain(text: string, limit = 4000): string {
  const kept = text.replace(TURNING, "").replace(UNPRINTED, "");
  return kept.length <= limit ? kept : `${[...kept].slice(0, limit).join("")}…`;
}

/** Return a stranger's words on one line, in a box of their own: their direction does not reach their neighbours. */
export function words(text: string, limit = 300): HTMLElement {
  return el("bdi", {}, plain(text, limit).replace(/\s+/g, " ").trim());
}

/** Return a link to another host's page, or only its text where the address is none that a page may lead to. */
export function outward(address: string, text: string): HTMLElement {
  if (!/^https?:\/\//i.test(address) || !addressOf(address)) return words(text);
  return el("a", { href: address, rel: "nofollow noopener noreferrer" }, words(text));
}

/** Return a name that is not too long for its place; its direction is for its element to settle. */
export function cut(name: string, limit = 200): string {
  return plain(name, limit).replace(/\s+/g, " ").trim();
}
