// The printed sheet: one landscape page like a certificate, with a QR code and the address in words.

import { encode } from "uqr";

import type { Verdict } from "../verify/index.ts";
import type { Words } from "../words.ts";
import { awardedOn, achievementOf, nameOf, results } from "../plate/facts.ts";
import { drawing, el, plain, words as boxed } from "../plate/dom.ts";
import { seal } from "../plate/icons.ts";
import { woven } from "../holder/telling.ts";
import { object, objects, text } from "../plate/reading.ts";
import { toldState } from "../plate/telling.ts";

const MOST_SHOWN = 6;

/** Everything a sheet tells; `verdict` has a document, or there is no sheet to print. */
export interface Printed {
  readonly words: Words;
  readonly verdict: Verdict;
  readonly art: string;
  readonly address: string;
  readonly checked: Date;
  /** Who holds the badge, where it was proven; empty otherwise. */
  readonly holder: string;
}

/** Return the sheet; it is only seen on paper. */
export function sheet(printed: Printed): HTMLElement {
  const { words, verdict, address } = printed;
  const document_ = verdict.document ?? {};
  return el(
    "section",
    { class: "sheet", "aria-hidden": "true" },
    el("div", { class: "sheet-head" }, printed.art && el("img", { src: printed.art, alt: "" }), headOf(document_, printed)),
    shown(document_, words),
    el("div", { class: "sheet-foot" }, statement(printed), el("div", { class: "sheet-code" }, qr(address), el("p", { dir: "ltr" }, ...broken(address)))),
  );
}

function headOf(document_: NonNullable<Verdict["document"]>, { words, holder }: Printed): HTMLElement {
  const issuer = plain(text(object(document_, "issuer"), "name"), 200);
  const [before = "", after = ""] = words.text("award.by", { day: awardedOn(document_, words) }).split("{issuer}");
  const level = results(document_, words)
    .filter(([, value]) => value)
    .slice(0, 3)
    .map(([name, value]) => el("span", {}, boxed(name, 60), ": ", el("b", {}, value)));
  return el(
    "div",
    {},
    el("p", { class: "sheet-name", dir: "auto" }, boxed(nameOf(document_), 140)),
    holder && el("p", { class: "sheet-holder" }, ...woven(words.text("holder.issued-to"), el("b", {}, boxed(holder, 140)))),
    el("p", {}, before, el("bdi", {}, issuer), after),
    el("p", { class: "sheet-results" }, ...level),
  );
}

function shown(document_: NonNullable<Verdict["document"]>, words: Words): HTMLElement {
  const names = objects(achievementOf(document_), "alignment").map((item) => text(item, "targetName"));
  const more = names.length - MOST_SHOWN;
  return el(
    "div",
    { class: "sheet-shown" },
    names.length > 0 && el("p", {}, el("b", {}, words.text("award.shown"))),
    el("ul", {}, ...names.slice(0, MOST_SHOWN).map((name) => el("li", {}, boxed(name, 90)))),
    more > 0 && el("p", {}, words.text("award.more", { n: more })),
  );
}

/** Return what was found, with its day: on paper it will not change, and the badge may. */
function statement({ verdict, words, checked }: Printed): HTMLElement {
  const { tone, word } = toldState(verdict);
  return el(
    "div",
    { class: `sheet-verdict ${tone}` },
    el("p", {}, seal(tone), " ", el("b", {}, words.text(`award.state.${word}`))),
    el("p", {}, words.say(verdict.summary)),
    el("p", { class: "quiet" }, words.text("award.checked-on", { day: checked })),
  );
}

/** Return an address that may break where a reader's eye does: behind a slash. */
function broken(address: string): (Node | string)[] {
  return (address.match(/[^/]*\/+|[^/]+$/g) ?? []).flatMap((part) => [part, el("wbr")]);
}

/** Return the code of an address as one drawing, with the four quiet modules around it that ISO/IEC 18004 asks for. */
function qr(address: string): SVGSVGElement {
  const rows = encode(address, { ecc: "M", border: 4 }).data;
  const squares = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  return drawing(rows.length, [{ d: squares.join(""), fill: "#000" }], "qr");
}
