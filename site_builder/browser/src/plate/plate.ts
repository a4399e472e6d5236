// The plate: five lines that fill in as checks finish, then the state and one sentence.

import type { Answer, Question, Sentence, Verdict } from "../verify/index.ts";
import { QUESTIONS } from "../verify/verdict.ts";
import type { Words } from "../words.ts";
import { details } from "./details.ts";
import { el, outward, type Child } from "./dom.ts";
import { mark, seal, type Tone } from "./icons.ts";
import { toldAnswer, toldState } from "./telling.ts";

/** What the plate says, kept so that it can be said again in another language. */
export type Said =
  | { readonly kind: "checking"; readonly answers: ReadonlyMap<Question, Answer> }
  | { readonly kind: "verdict"; readonly verdict: Verdict; readonly retry: boolean }
  | { readonly kind: "nothing"; readonly word: string; readonly sentence: Sentence; readonly tone: Tone; readonly retry: boolean };

/** Fill `plate` with what is to be said; `again` is called where the reader asks for another try. */
export function fill(plate: HTMLElement, said: Said, words: Words, again: () => void): void {
  const { tone, word, sentence } = headOf(said);
  plate.className = `plate ${tone}`;
  const answers = said.kind === "checking" ? said.answers : said.kind === "verdict" ? answersOf(said.verdict) : null;
  const retry = said.kind !== "checking" && said.retry;
  const heading = words.text(`award.state.${word}`);
  const children: Child[] = [
    el("p", { class: "by-whom" }, words.text("award.checked-here")),
    el("h2", {}, seal(tone), el("span", {}, heading)),
    sentence && el("p", { class: "summary" }, without(heading, words.say(sentence))),
    answers && el("ul", { class: "answers" }, ...QUESTIONS.map((question) => line(question, answers, words))),
    said.kind === "verdict" && home(said.verdict, words),
    retry && retryButton(words, again),
  ];
  plate.replaceChildren(...children.filter((child): child is Node => child instanceof Node));
}

/** Return a sentence without the words that stand above it already. */
function without(heading: string, sentence: string): string {
  const twice = `${heading}. `;
  return sentence.startsWith(twice) ? sentence.slice(twice.length) : sentence;
}

function headOf(said: Said): { tone: Tone; word: string; sentence: Sentence | null } {
  if (said.kind === "checking") return { tone: "pending", word: "checking", sentence: null };
  if (said.kind === "nothing") return said;
  return { ...toldState(said.verdict), sentence: said.verdict.summary };
}

function answersOf(verdict: Verdict): ReadonlyMap<Question, Answer> {
  return new Map(QUESTIONS.map((question) => [question, verdict.answers[question]]));
}

/** Return where a copied badge has its home, as a link: it is the reader who asks there, not this page. */
function home({ id, answers }: Verdict, words: Words): HTMLElement | null {
  if (answers.authentic.value !== "matches-copy") return null;
  return el("p", { class: "home" }, words.text("award.its-home"), " ", outward(id.replace(/credential\.json$/, ""), id.replace(/credential\.json$/, "")));
}

function retryButton(words: Words, again: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "button" }, words.text("award.retry"));
  button.addEventListener("click", again);
  return el("p", {}, button);
}

/** Return one line: its shape, what was asked, the answer in a word and in a sentence, and the facts one click away. */
function line(question: Question, answers: ReadonlyMap<Question, Answer>, words: Words): HTMLElement {
  const answer = answers.get(question);
  const asked = el("span", { class: "asked" }, words.text(`award.question.${question}`));
  if (!answer) return el("li", { class: "pending" }, el("div", { class: "line" }, mark("pending"), asked));
  const { tone: found, word } = toldAnswer(question, answer);
  // By a copy's own keys anything can be made to look good: none of it is shown as good news.
  const tone = found === "good" && answers.get("authentic")?.value === "matches-copy" ? "plain" : found;
  const said = [
    mark(tone),
    asked,
    el("b", {}, words.text(`award.answer.${word}`)),
    // Why nothing else was asked stands in the first line already.
    word !== "not-asked" && el("span", { class: "why" }, sentenceOf(words.say(answer.sentence))),
  ];
  const facts = details(question, answer, words);
  const shown = facts ? el("details", {}, el("summary", { class: "line" }, ...said), facts) : el("div", { class: "line" }, ...said);
  return el("li", { class: tone }, shown);
}

/** Return an answer's reason, written for the middle of a sentence, as a sentence of its own. */
export function sentenceOf(reason: string): string {
  const whole = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?…؟]$/.test(whole) ? whole : `${whole}.`;
}
