// One check of the badge that stands beside an award page.

import type { JsonObject, Sentence, Verdict } from "../verify/index.ts";
import { Unavailable } from "../verify/source.ts";
import { didUrl } from "../verify/did-web.ts";
import { plain } from "./dom.ts";
import { nameOf } from "./facts.ts";
import { NetworkFailed } from "./fetching.ts";
import type { Listener } from "../verifier/messages.ts";
import { NoVerifier, type Judge } from "./judge.ts";
import { trusted } from "./known.ts";
import type { Said } from "./plate.ts";
import { objects, text } from "./reading.ts";
import { awardOf, type Site } from "./site.ts";
import { reader, SiteSource } from "./source.ts";

const LONGEST = 60_000;
const MOST_AHEAD = 20;

/** What one check found: what the plate says, the bytes that were judged, and the names of verified parts. */
export interface Found {
  readonly said: Said;
  readonly raw: Uint8Array | null;
  readonly parts: ReadonlyMap<string, string>;
}

/** Check the badge of the award page that is open; `tell` hears of each answer as it comes. */
export async function checkAward(
  site: Site,
  judge: Judge,
  award: string,
  now: Date,
  tell: Listener,
): Promise<Found> {
  const file = reader(site);
  const nothing = { raw: null, parts: new Map<string, string>() };
  const unchecked = (sentence: Sentence, retry: boolean): Found => ({ ...nothing, said: { kind: "nothing", tone: "doubt", word: "unchecked", sentence, retry } });
  let raw: Uint8Array;
  try {
    raw = await file(`issued/${award}/credential.json`);
  } catch (reason) {
    if (!(reason instanceof Unavailable)) throw reason;
    return unchecked({ key: "award.no-badge", params: { why: reason.sentence } }, reason instanceof NetworkFailed);
  }
  const claimed = text(claimsOf(raw), "id");
  const another = claimsOf(raw) && misplaced(claimed, award);
  if (another) return { ...nothing, said: { kind: "nothing", tone: "bad", word: "another", sentence: another, retry: false } };
  const source = new SiteSource(site, awardOf(claimed)?.base ?? "", file);
  askAhead(source, claimsOf(raw) ?? {});
  let verdict: Verdict;
  try {
    verdict = await judge.judge(raw, source, now, trusted(), tell);
  } catch (reason) {
    if (!(reason instanceof NoVerifier)) throw reason;
    return unchecked(reason.sentence, true);
  }
  const parts = verdict.answers.stack.value === "complete" ? namesOf(source.badges) : nothing.parts;
  return { said: { kind: "verdict", verdict, retry: source.failed && verdict.state === "unknown" }, raw, parts };
}

/** Ask at once for all that the verdict will need: on a phone's line each answer takes its time. */
function askAhead(source: SiteSource, claims: JsonObject): void {
  const parts = objects(claims, "relatedResource").slice(0, MOST_AHEAD);
  const did = didUrl(text(claims, "issuer") || text(claims, "issuer", "id")) ?? "";
  const list = text(claims, "credentialStatus", "statusListCredential");
  // What cannot be had is told when the verifier asks for it.
  for (const url of [did, list, ...parts.map((part) => text(part, "id"))]) if (url) source.read(url).catch(() => undefined);
}

/** Return the sentence on a badge whose own address is another page's; null where it belongs here. */
function misplaced(id: string, award: string): Sentence | null {
  return awardOf(id)?.award === award ? null : { key: "award.another-badge", params: { address: id || "–" } };
}

/** Return the names of parts; their bytes were pinned by the stack, and verified one by one. */
function namesOf(badges: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  return new Map([...badges].map(([url, raw]) => [url, nameOf(claimsOf(raw) ?? {})]));
}

/**
 * Return what a badge claims before anything is verified; null where it is no JSON object. The browser's own parser will
 * do: where it could read a text otherwise than the verifier's strict one, the verifier refuses the text.
 */
export function claimsOf(raw: Uint8Array): JsonObject | null {
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(raw));
    return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as JsonObject) : null;
  } catch {
    return null;
  }
}

/** Return a badge's JSON with a line for each statement, for eyes; its bytes stay as they are. */
export function pretty(raw: Uint8Array): string {
  const claimed = claimsOf(raw);
  const written = claimed ? JSON.stringify(claimed, null, 2) : new TextDecoder().decode(raw);
  return plain(written, LONGEST);
}
