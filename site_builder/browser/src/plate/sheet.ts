// The printed sheet: one landscape page like a certificate, with a QR code and the address in words.

import type { Verdict } from "../verify/index.ts";
import type { Words } from "../words.ts";
import { awardedOn, achievementOf, nameOf, results } from "./facts.ts";
import { drawing, el, plain, words as boxed } from "./dom.ts";
import { seal } from "./icons.ts";
import { object, objects, text } from "./reading.ts";
import type { Site } from "./site.ts";
import { toldState } from "./telling.ts";
import { run } from "./twins.ts";

const MOST_SHOWN = 6;

/** Everything a sheet tells; `verdict` has a document, or there is no sheet to print. */
export interface Printed {
  readonly site: Site;
  readonly words: Words;
  readonly verdict: Verdict;
  readonly art: string;
  readonly address: string;
  readonly checked: Date;
}

/** Return the sheet; it is only seen on paper. */
export async function sheet(printed: Printed): Promise<HTMLElement> {
  const { words, verdict, address } = printed;
  const document_ = verdict.document ?? {};
  const code = await qr(printed.site, address);
  return el(
    "section",
    { class: "sheet", "aria-hidden": "true" },
    el("div", { class: "sheet-head" }, printed.art && el("img", { src: printed.art, alt: "" }), headOf(document_, words)),
    shown(document_, words),
    el("div", { class: "sheet-foot" }, statement(printed), el("div", { class: "sheet-code" }, code, el("p", { dir: "ltr" }, ...broken(address)))),
  );
}

function headOf(document_: NonNullable<Verdict["document"]>, words: Words): HTMLElement {
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

/** Return the code of an address as one drawing. */
export async function qr(site: Site, address: string): Promise<SVGSVGElement> {
  // Without its script the sheet still has the address in words.
  if (!globalThis.badgepressQr) await run(new URL("assets/badgepress/qr.js", site.root)).catch(() => undefined);
  const rows = globalThis.badgepressQr?.(address) ?? [];
  const squares = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  return drawing(rows.length, [{ d: squares.join(""), fill: "#000" }], "qr");
}
