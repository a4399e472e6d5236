// What a reader brings to be checked: files, a text, an address. Each becomes one item, readable or not.

import type { Sentence } from "../verify/index.ts";
import { MAX_BYTES } from "../verify/source.ts";
import { say } from "../verify/verdict.ts";
import { addressOf } from "../plate/site.ts";
import { fromPng, fromSvg, isPng, NotBaked } from "./baked.ts";

const MOST_PICTURE = 10 * 1024 * 1024;
const JWT = /^[\w-]{10,}\.[\w-]{10,}\.[\w-]*$/;

/** One thing to check. `raw` is null until it was read; `fault` says why it never will be. */
export interface Item {
  readonly name: string;
  readonly raw: Uint8Array | null;
  readonly address: URL | null;
  readonly fault: Sentence | null;
}

/** Return the item of a file that was dropped or chosen. */
export async function fromFile(file: File): Promise<Item> {
  if (file.size > MOST_PICTURE) return refused(file.name, say("unreadable.too-large"));
  try {
    return fromBytes(file.name, new Uint8Array(await file.arrayBuffer()));
  } catch (reason) {
    // A folder that was dropped, or a file that went away: the browser says so in its own class of errors.
    if (reason instanceof DOMException) return refused(file.name, { key: "check.refused.no-file", params: {} });
    throw reason;
  }
}

/** Return the item of a text that was pasted: a badge, or its address. */
export function fromText(text: string, name: string): Item {
  const trimmed = text.trim();
  return /^https?:\/\/\S+$/i.test(trimmed) ? fromAddress(trimmed) : fromBytes(name, new TextEncoder().encode(trimmed));
}

/** Return the item of an address: a badge's JSON, or the page that shows it. What follows # or ? is left off. */
export function fromAddress(typed: string): Item {
  const address = addressOf(/^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`);
  if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password) {
    return refused(typed, { key: "check.refused.no-address", params: {} });
  }
  address.hash = address.search = "";
  const page = /^(.*\/issued\/[^/]+)(?:\/|\/index\.html)?$/.exec(address.pathname)?.[1];
  if (!address.pathname.endsWith(".json")) {
    if (!page) return refused(typed, { key: "check.refused.no-badge-address", params: {} });
    address.pathname = `${page}/credential.json`;
  }
  return { name: address.href, raw: null, address, fault: null };
}

function fromBytes(name: string, bytes: Uint8Array): Item {
  try {
    return { name, raw: badgeIn(bytes), address: null, fault: null };
  } catch (reason) {
    if (reason instanceof NotBaked) return refused(name, reason.sentence);
    throw reason;
  }
}

/** Return the bytes of the badge that a file is or holds; throw {@link NotBaked}. */
function badgeIn(bytes: Uint8Array): Uint8Array {
  if (isPng(bytes)) return json(fromPng(bytes));
  if (!bytes.length) throw new NotBaked("empty");
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (start.startsWith("<")) return picture(bytes);
  return json(bytes);
}

/** Return bytes that begin as JSON does, as they are; throw {@link NotBaked} for other forms of badge. */
function json(bytes: Uint8Array): Uint8Array {
  const start = new TextDecoder().decode(bytes.subarray(0, MAX_BYTES)).trim();
  if (JWT.test(start)) throw new NotBaked("jwt");
  if (!/^[{[]/.test(start)) throw new NotBaked("no-badge");
  return bytes;
}

function picture(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  if (!/<svg[\s>]/.test(text)) throw new NotBaked("no-badge");
  return json(fromSvg(text));
}

export function refused(name: string, fault: Sentence): Item {
  return { name, raw: null, address: null, fault };
}
