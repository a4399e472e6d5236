// The technical facts behind an answer, for who wants to check by hand.

import type { Answer, Question } from "../verify/index.ts";
import { CONTEXTS } from "../verify/context-names.ts";
import type { Words } from "../words.ts";
import { el, words as boxed } from "./dom.ts";

const HEX = /^[0-9a-f]{64}$/;
const KEY = /#(z[1-9A-HJ-NP-Za-km-z]{20,})$/;

/** Return the list of facts behind an answer; null where there are none. */
export function details(question: Question, answer: Answer, words: Words): HTMLElement | null {
  const rows = Object.entries(answer.detail).map(([name, value]) => row(label(name, words), shown(value)));
  if (question === "authentic" && answer.value !== "unknown" && answer.value !== "not-authentic") {
    rows.push(row(words.text("award.detail.form"), el("code", {}, "eddsa-rdfc-2022")));
    CONTEXTS.forEach((url) => rows.push(row(words.text("award.detail.context"), shown(url))));
  }
  return rows.length ? el("dl", { class: "detail" }, ...rows) : null;
}

function label(name: string, words: Words): string {
  const part = /^part(\d+)$/.exec(name);
  return part ? words.text("award.detail.part", { number: Number(part[1]) }) : words.text(`award.detail.${name}`);
}

function row(name: string, value: Node | string): HTMLElement {
  return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}

function shown(value: string): HTMLElement {
  if (HEX.test(value)) return grouped(value);
  const key = KEY.exec(value);
  if (!key) return el("code", { dir: "ltr" }, boxed(value, 2000));
  return el("span", { dir: "ltr" }, el("code", {}, value.slice(0, key.index + 1)), " ", grouped(key[1] ?? ""));
}

/** Return a hash or key in groups of four, which only the eye sees: copied, it is one word. */
export function grouped(text: string): HTMLElement {
  const groups = text.match(/.{1,4}/g) ?? [];
  return el("code", { class: "groups", dir: "ltr" }, ...groups.map((group) => el("span", {}, group)));
}
