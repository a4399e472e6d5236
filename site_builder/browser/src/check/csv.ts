// The results as a table for other programs.

import { QUESTIONS } from "../verify/verdict.ts";
import type { Words } from "../words.ts";
import { nameOf } from "../plate/facts.ts";
import { plain } from "../plate/dom.ts";
import type { Check } from "./checks.ts";

const COLUMNS = ["file", "state", "name", "issuer", "id", ...QUESTIONS, "summary", "checked"];

/** Return the results as CSV (RFC 4180), a line for each badge; `checked` is the moment of the checks. */
export function csv(checks: readonly Check[], words: Words, checked: Date): string {
  const rows = checks.map(({ item, verdict, fault, waits }) => {
    const state = verdict?.state ?? (waits ? "not-checked" : "no-badge");
    const answers = QUESTIONS.map((question) => verdict?.answers[question].value ?? "");
    const name = verdict?.document ? nameOf(verdict.document) : "";
    const told = verdict ? words.say(verdict.summary) : fault ? words.say(fault) : "";
    return [item.name, state, name, verdict?.issuer ?? "", verdict?.id ?? "", ...answers, told, checked.toISOString()];
  });
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/**
 * Return one cell; what a spreadsheet would take for a formula is marked as text. Some pass over blanks first, and
 * where the computer's language puts semicolons between cells, a cell begins behind each of those, too.
 */
function cell(value: string): string {
  const text = plain(value).replace(/[\r\n\t]+/g, " ");
  return `"${text.replace(/(^|;)( *)(?=[=+\-@])/g, "$1'$2").replace(/"/g, '""')}"`;
}
