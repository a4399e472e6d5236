// The shapes of states: each its own outline, so that none needs its colour (LOOK, "Colour").

import { drawing } from "./dom.ts";

/** How a state or an answer is meant: good news, doubt, bad news, neither, or not there yet. */
export type Tone = "good" | "doubt" | "bad" | "plain" | "pending";

const LINE = { fill: "none", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round" };
const SEAL =
  "M12 1.5l2.5 1.9 3.1-.3 1.3 2.9 2.8 1.5-.4 3.1 1.7 2.7-2.1 2.3-.2 3.1-3 .9-1.8 2.6-3-.8-3 .8-1.8-2.6-3-.9-.2-3.1L1.5 13.3l1.2-2.7-.4-3.1L5.1 6l1.3-2.9 3.1.3z";

const SHAPES: Readonly<Record<Tone, readonly [outline: string, sign: string]>> = {
  good: [SEAL, "M7.8 12.2l2.9 2.9 5.6-6"],
  doubt: ["M12 2.2L22.6 21H1.4z", "M12 9.2v5M12 17.4v.1"],
  bad: ["M7.7 1.5h8.6l6.2 6.2v8.6l-6.2 6.2H7.7l-6.2-6.2V7.7z", "M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4"],
  plain: ["M3 3h18v18H3z", "M8 12h8"],
  pending: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", ""],
};

/** Return the large sign of a state: filled, with the sign cut out of it. */
export function seal(tone: Tone): SVGSVGElement {
  const [outline, sign] = SHAPES[tone];
  if (tone === "pending") return drawing(24, [{ ...LINE, d: outline, stroke: "currentColor", "stroke-dasharray": "3 3" }], "seal");
  return drawing(24, [{ d: outline, fill: "currentColor" }, { ...LINE, d: sign, class: "cut" }], "seal");
}

/** Return the small sign of an answer: drawn in lines. */
export function mark(tone: Tone): SVGSVGElement {
  const [outline, sign] = SHAPES[tone];
  const dashed = tone === "pending" ? { "stroke-dasharray": "3 3" } : {};
  const line = { ...LINE, stroke: "currentColor" };
  return drawing(24, [{ ...line, ...dashed, d: outline }, ...(sign ? [{ ...line, d: sign }] : [])], "mark");
}
