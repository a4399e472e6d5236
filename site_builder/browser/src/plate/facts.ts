// What a badge says, for people, from the verified document alone: nothing of the page's own words is used.

import type { JsonObject } from "../verify/index.ts";
import type { Words } from "../words.ts";
import { el, outward, plain, words as boxed, type Child } from "./dom.ts";
import { markdown } from "./markdown.ts";
import { day, object, objects, text, texts } from "./reading.ts";

/** Leads to an address: below the site itself where it can, else to its own host. */
export type Link = (address: string, label: string) => HTMLElement;

// The words that this press signs for closed lists; any other word is shown as it is signed.
const LEVELS = ["Foundational", "Intermediate", "Advanced"];
const KINDS: Readonly<Record<string, string>> = {
  "ext:NanoCredential": "nanocredential",
  MicroCredential: "microcredential",
  "ext:StackedMicroCredential": "stacked-microcredential",
  Certificate: "certificate",
};
const METHODS: Readonly<Record<string, string>> = {
  Assignment: "assignment",
  Test: "test",
  Project: "project",
  Portfolio: "portfolio",
  "Practical exercise": "practical-exercise",
  "Workplace demonstration": "workplace-demonstration",
  "Lecture or seminar": "lecture-or-seminar",
  Conference: "conference",
};

/** A verified badge and what is needed to show it. */
export interface Shown {
  readonly document: JsonObject;
  readonly words: Words;
  readonly link: Link;
  /** The names of parts whose bytes were verified, by address. */
  readonly parts: ReadonlyMap<string, string>;
}

export function achievementOf(document: JsonObject): JsonObject {
  return object(document, "credentialSubject", "achievement");
}

/** Return the name of what was awarded. */
export function nameOf(document: JsonObject): string {
  return text(achievementOf(document), "name") || text(document, "name");
}

/** Return the address of a verified badge's page at its home. */
export function homeOf(document: JsonObject): string {
  return text(document, "id").replace(/credential\.json$/, "");
}

/** Return the day of the award in words; empty where none is given. */
export function awardedOn(document: JsonObject, words: Words): string {
  const found = day(text(document, "awardedDate")) ?? day(text(document, "validFrom"));
  return found ? words.day(found) : "";
}

/** Return the sentence that names the issuer and the day. */
export function byline({ document, words }: Shown): HTMLElement {
  const issuer = object(document, "issuer");
  const name = plain(text(issuer, "name") || text(issuer, "id"), 200);
  const [before = "", after = ""] = words.text("award.by", { day: awardedOn(document, words) }).split("{issuer}");
  return el("p", { class: "by" }, before, outward(text(issuer, "url"), name), after);
}

/** Return everything below the plate. */
export function facts(shown: Shown): HTMLElement[] {
  return [list(shown), ...competencies(shown), ...assessment(shown), ...evidence(shown), ...parts(shown)];
}

function list({ document, words }: Shown): HTMLElement {
  const ends = day(text(document, "validUntil"));
  const kind = text(achievementOf(document), "achievementType");
  const rows: [string, Child][] = [
    [words.text("award.expires"), ends && words.day(ends)],
    [words.text("award.kind"), KINDS[kind] ? words.text(`terms.kind.${KINDS[kind]}`) : kind && boxed(kind, 100)],
    ...results(document, words),
  ];
  return el("dl", {}, ...rows.filter(([, value]) => value).map(([name, value]) => fact(name, value)));
}

function fact(name: string, value: Child): HTMLElement {
  return el("div", {}, el("dt", {}, boxed(name, 100)), el("dd", {}, value));
}

/** Return the results: the level achieved in words, and every value. */
export function results(document: JsonObject, words: Words): [string, Child][] {
  const described = objects(achievementOf(document), "resultDescription");
  return objects(document, "credentialSubject", "result").slice(0, 20).map((result) => {
    const about = described.find((item) => text(item, "id") === text(result, "resultDescription")) ?? {};
    const level = objects(about, "rubricCriterionLevel").find((item) => text(item, "id") === text(result, "achievedLevel"));
    if (level) return [words.text("award.level"), boxed(levelWord(text(level, "name"), words), 100)];
    const value = text(result, "value");
    const isPercent = text(about, "resultType") === "Percent" || !text(about, "id");
    const name = isPercent ? words.text("award.score") : text(about, "name");
    return [name, value && boxed(isPercent && /^\d+(\.\d+)?$/.test(value) ? percent(value, words) : value, 100)];
  });
}

function percent(value: string, words: Words): string {
  return words.text("award.percent", { n: Number(value) });
}

function levelWord(name: string, words: Words): string {
  return LEVELS.includes(name) ? words.text(`terms.level.${name.toLowerCase()}`) : name;
}

/** Return what was shown: each competency with its level and what that level means. */
function competencies({ document, words, link }: Shown): HTMLElement[] {
  const found = objects(achievementOf(document), "alignment").slice(0, 50);
  const rows = found.map((item) => {
    const told = text(item, "targetDescription");
    const level = LEVELS.find((name) => told.startsWith(`${name}: `));
    const statement = level ? told.slice(level.length + 2) : told;
    return el(
      "li",
      {},
      link(text(item, "targetUrl"), text(item, "targetName")),
      level && " ",
      level && el("b", {}, levelWord(level, words)),
      statement && el("p", { dir: "auto" }, plain(statement, 1000)),
    );
  });
  return rows.length ? [el("h2", {}, words.text("award.shown")), el("ul", { class: "rows" }, ...rows)] : [];
}

function assessment({ document, words, link }: Shown): HTMLElement[] {
  const achievement = achievementOf(document);
  const methods = texts(achievement, "tag").slice(0, 20);
  const told = methods.map((method) => (METHODS[method] ? words.text(`terms.method.${METHODS[method]}`) : plain(method, 100)));
  const criteria = object(achievement, "criteria");
  const narrative = text(criteria, "narrative");
  return [
    el("h2", {}, words.text("award.assessed")),
    ...(told.length ? [el("p", { dir: "auto" }, `${told.join(", ")}.`)] : []),
    ...assessors(text(document.credentialSubject, "narrative"), words),
    ...(text(criteria, "id") ? [el("p", {}, link(text(criteria, "id"), words.text("award.criteria")))] : []),
    ...(narrative ? [el("details", { class: "criteria" }, el("summary", {}, words.text("award.criteria-signed")), ...markdown(narrative))] : []),
  ];
}

/** Return who assessed, in the reader's words where the press wrote the sentence. */
function assessors(narrative: string, words: Words): HTMLElement[] {
  const who = /^Assessed by: ([^\n]{1,500})$/.exec(narrative)?.[1];
  if (who === undefined) return markdown(narrative);
  const box = el("span", {}, ...markdown(who).flatMap((made) => [...made.childNodes]));
  return [el("p", {}, words.text("award.assessed-by-is"), " ", el("bdi", {}, box))];
}

function evidence({ document, words }: Shown): HTMLElement[] {
  const found = objects(document, "evidence").slice(0, 50);
  const told = found.flatMap((item) => {
    const name = text(item, "name") || words.text("award.evidence");
    const genre = text(item, "genre");
    const head = el("h3", {}, outward(text(item, "id"), name), genre && " ", genre && el("small", {}, boxed(genre, 100)));
    return [head, ...markdown(text(item, "narrative"))];
  });
  return told.length ? [el("h2", {}, words.text("award.evidence")), ...told] : [];
}

function parts({ document, words, link, parts: names }: Shown): HTMLElement[] {
  const found = objects(document, "relatedResource").slice(0, 100);
  const rows = found.map((part, index) => {
    const address = text(part, "id");
    const name = names.get(address) ?? words.text("award.detail.part", { number: index + 1 });
    return el("li", {}, link(address.replace(/credential\.json$/, ""), name));
  });
  return rows.length ? [el("h2", {}, words.text("award.parts")), el("ul", { class: "rows" }, ...rows)] : [];
}
