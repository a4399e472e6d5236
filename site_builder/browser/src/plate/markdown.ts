// A badge's Markdown as elements: headings, lists, paragraphs, strong and emphasised words. All else stays text.

import { el, outward, plain, words } from "./dom.ts";

const LONGEST = 20_000;
const BLOCKS = 200;

/** Return the elements of a stranger's Markdown; headings become `level` and no page structure of theirs. */
export function markdown(text: string, level: "h3" | "h4" = "h4"): HTMLElement[] {
  const blocks = plain(text, LONGEST).split(/\n\s*\n/).slice(0, BLOCKS);
  return blocks.flatMap((block) => blockOf(block.trim(), level)).filter((made) => made.textContent);
}

function blockOf(block: string, level: "h3" | "h4"): HTMLElement[] {
  const [first = "", ...rest] = block.split("\n");
  const heading = /^#{1,6}\s+(.*)$/.exec(first);
  if (heading) {
    return [el(level, { dir: "auto" }, ...inline(heading[1] ?? "")), ...blockOf(rest.join("\n").trim(), level)];
  }
  const item = /^\s*(?:[-*+]|(\d{1,3})[.)])\s+/;
  const found = item.exec(first);
  if (!found) return [el("p", { dir: "auto" }, ...inline(block.replace(/\s+/g, " ")))];
  const list = el(found[1] ? "ol" : "ul", found[1] && found[1] !== "1" ? { start: found[1] } : {});
  for (const line of joined(block.split("\n"), item)) list.append(el("li", { dir: "auto" }, ...inline(line)));
  return [list];
}

/** Return the items of a list, their further lines joined to them. */
function joined(lines: readonly string[], item: RegExp): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (item.test(line) || !items.length) items.push(line.replace(item, "").trim());
    else items.push(`${items.pop() ?? ""} ${line.trim()}`);
  }
  return items;
}

const SPAN = /\\([!-/:-@[-`{-~])|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|`([^`\n]+)`|\[([^\]\n]{1,300})\]\((https?:\/\/[^)\s]{1,2000})\)/g;

function inline(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const found of text.matchAll(SPAN)) {
    parts.push(text.slice(from, found.index), spanOf(found));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

function spanOf([, escaped, strong, stressed, code, label, address]: RegExpMatchArray): Node | string {
  if (escaped !== undefined) return escaped;
  if (strong !== undefined) return el("strong", {}, ...inline(strong));
  if (stressed !== undefined) return el("em", {}, ...inline(stressed));
  if (code !== undefined) return el("code", {}, code);
  return address === undefined ? words(label ?? "") : outward(address, label ?? "");
}
