// The shapes of states: each its own outline, so that none needs its colour (LOOK, "Colour").

import { drawing } from "./dom.ts";

/** How a state or an answer is meant: good news, doubt, bad news, neither, or not there yet. */
export type Tone = "good" | "doubt" | "bad" | "plain" | "pending";

const LINE = { fill: "none", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round" };
const SEAL =
  "M12 1.5l2.5 1.9 3.1-.3 1.3 2.9 2.8 1.5-.4 3.1 1.7 2.7-2.1 2.3-.2 3.1-3 .9-1.8 2.6-3-.8-3 .8-1.8-2.6-3-.9-.2-3.1L1.5 13.3l1.2-2.7-.4-3.1L5.100 6l1.300-2.900 3.100.300z";

const SHAPES: Readonly<Record<Tone, readonly [outline: string, sign: string]>> = {
  good: [SEAL, "M7.800 12.200l2.900 2.900 5.600-6"],
  doubt: ["M12 2.200L22.600 21H1.400z", "M12 9.200v5M12 17.400v.1"],
  bad: ["M7.700 1.500h8.600l6.200 6.200v8.600l-6.200 6.200H7.700l-6.200-6.200V7.700z", "M8.300 8.300l7.400 7.400M15.700 8.300l-7.400 7.400"],
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
