// The drawings on the header's buttons, on a grid of 24.

import { drawing } from "../plate/dom.ts";

const SHAPES = {
  // A disc half in shade: it means the same in either theme.
  theme: ["M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z", "M12 3v18a9 9 0 0 0 0-18z"],
  search: ["M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z", "m15.5 15.5 5 5"],
  close: ["m6 6 12 12", "M18 6 6 18"],
} as const;

/** Return a drawing in the colour of the words around it; screen readers pass it by. */
export function icon(name: keyof typeof SHAPES): SVGSVGElement {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": "1.75", "stroke-linecap": "round" };
  const paths: Record<string, string>[] = SHAPES[name].map((d) => ({ ...line, d }));
  if (name === "theme") paths[1] = { d: SHAPES.theme[1], fill: "currentColor" };
  const made = drawing(24, paths, "bp-icon");
  // A size of its own, for the moment before the stylesheet speaks.
  made.setAttribute("width", "20");
  made.setAttribute("height", "20");
  return made;
}
