// What was found, badge by badge, and the issuers the reader knows.

import type { Verdict } from "../verify/index.ts";
import type { Words } from "../words.ts";
import { byline, facts, nameOf } from "../plate/facts.ts";
import { cut, el, outward, words as boxed, type Child } from "../plate/dom.ts";
import { mark, seal, type Tone } from "../plate/icons.ts";
import { forget, known, remember } from "../plate/known.ts";
import { fill } from "../plate/plate.ts";
import { object, text } from "../plate/reading.ts";
import { toldState } from "../plate/telling.ts";
import type { Check } from "./checks.ts";

const NO_PARTS: ReadonlyMap<string, string> = new Map();

/** How one check is headed: its tone, and its state in a word. */
export function headOf(check: Check): { tone: Tone; word: string } {
  if (check.verdict) return toldState(check.verdict);
  return check.fault ? { tone: "plain", word: "no-badge" } : { tone: "pending", word: "waits" };
}

/** Return one result, folded but for a single one; `changed` is called when the reader's known issuers changed. */
export function result(check: Check, words: Words, open: boolean, changed: () => void): HTMLElement {
  const { tone, word } = headOf(check);
  const { verdict, fault, waits, item } = check;
  const signed = verdict?.document;
  const summary = el(
    "summary",
    {},
    mark(tone),
    el("b", {}, words.text(`award.state.${word}`)),
    el("span", { class: "what" }, signed && boxed(nameOf(signed)), signed && " · ", boxed(item.name, 120)),
  );
  const told = fault ? words.say(fault) : words.text("check.waits-for", { host: waits });
  const body = verdict ? judged(check, verdict, words, changed) : [el("p", {}, told)];
  return el("li", { class: tone }, el("details", { open }, summary, ...body));
}

function judged(check: Check, verdict: Verdict, words: Words, changed: () => void): Child[] {
  const plate = el("div");
  fill(plate, { kind: "verdict", verdict, retry: false }, words, () => undefined);
  const { address } = check.item;
  const moved = address && address.href !== verdict.id;
  return [
    plate,
    moved && el("p", { class: "note" }, words.text("check.misplaced")),
    verdict.answers.authentic.value === "authentic" && issuerButton(verdict, words, changed),
    verdict.document && el("div", { class: "facts" }, ...said(verdict.document, words)),
  ];
}

/** Return what a verified badge says; links lead to where its issuer has them. */
function said(document_: NonNullable<Verdict["document"]>, words: Words): HTMLElement[] {
  const link = (address: string, label: string): HTMLElement => outward(address, label);
  const shown = { document: document_, words, link, parts: NO_PARTS };
  return [el("h3", { dir: "auto", class: "name" }, cut(nameOf(document_))), byline(shown), ...facts(shown)];
}

function issuerButton({ issuer, document: document_ }: Verdict, words: Words, changed: () => void): HTMLElement {
  const isKnown = known().some(({ did }) => did === issuer);
  const button = el("button", { type: "button" }, words.text(isKnown ? "check.forget" : "check.know"));
  button.addEventListener("click", () => {
    if (isKnown) forget(issuer);
    else remember({ did: issuer, name: cut(text(object(document_ ?? {}, "issuer"), "name")) || issuer });
    changed();
  });
  return el("p", {}, button);
}

/** Return how many of each state there are. */
export function counts(checks: readonly Check[], words: Words): HTMLElement {
  const heads = checks.map(headOf);
  const states = [...new Set(heads.map(({ word }) => word))];
  const rows = states.map((state) => {
    const found = heads.filter(({ word }) => word === state);
    return el(
      "tr",
      { class: found[0]?.tone },
      el("th", { scope: "row" }, seal(found[0]?.tone ?? "plain"), " ", words.text(`award.state.${state}`)),
      el("td", {}, words.number(found.length)),
    );
  });
  return el("table", { class: "counts" }, el("caption", {}, words.text("check.counted", { n: checks.length })), el("tbody", {}, ...rows));
}

/** Return the list of the issuers the reader knows, each with a button that forgets it. */
export function issuers(words: Words, changed: () => void): HTMLElement {
  const rows = known().map(({ did, name }) => {
    const button = el("button", { type: "button", "aria-label": words.text("check.forget-one", { name }) }, words.text("check.forget"));
    button.addEventListener("click", () => {
      forget(did);
      changed();
    });
    return el("li", {}, boxed(name), " ", el("code", { dir: "ltr" }, boxed(did)), " ", button);
  });
  const list = rows.length ? el("ul", { class: "rows" }, ...rows) : el("p", {}, words.text("check.none-known"));
  return el("section", { class: "issuers" }, el("h2", {}, words.text("check.known")), el("p", {}, words.text("check.known-why")), list);
}
