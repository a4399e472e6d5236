// One run of the verifier: one source, one clock reading, and what it has learnt so far (site_builder/verifying/run.py).

import { authenticity, keyFault, no, withoutKeys } from "./authenticity.ts";
import { hex } from "./bytes.ts";
import { currency } from "./currency.ts";
import { didUrl } from "./did-web.ts";
import { Refused, Unusable } from "./faults.ts";
import { readKeyDocument, type KeyDocument } from "./key-document.ts";
import { documentHash } from "./proof.ts";
import { revocation } from "./revocation.ts";
import { readBadge, type Presented } from "./shape.ts";
import { Unavailable, type Source } from "./source.ts";
import { stack, type Part } from "./stack.ts";
import { readStatusList, type StatusList } from "./status-list.ts";
import { summary } from "./summary.ts";
import { printable } from "./text.ts";
import { answer, isGood, QUESTIONS, say, stateOf, type Answer, type Answers, type Question, type Verdict } from "./verdict.ts";

const DEEPEST = 5;
const MOST_PARTS = 300;

/** Told of each answer as soon as it is there, in the order of QUESTIONS. */
export type Listener = (question: Question, answer: Answer) => void;

/**
 * Return the verdict on one badge's bytes; `source` is asked for keys, lists and parts. Nothing a stranger's bytes hold
 * makes this reject. `trusted` are the DIDs of issuers the reader knows.
 */
export async function verify(
  raw: Uint8Array,
  source: Source,
  now: Date,
  trusted: ReadonlySet<string> = new Set(),
  onAnswer: Listener = () => undefined,
): Promise<Verdict> {
  return new Run(source, now, trusted).judge(raw, 0, onAnswer);
}

class Run {
  private readonly keys = new Map<string, Promise<KeyDocument>>();
  private readonly lists = new Map<string, Promise<StatusList>>();
  private readonly parts = new Map<string, Part>();
  private partsLeft = MOST_PARTS;

  constructor(
    private readonly source: Source,
    private readonly now: Date,
    private readonly trusted: ReadonlySet<string>,
  ) {}

  async judge(raw: Uint8Array, depth: number, tell: Listener = () => undefined): Promise<Verdict> {
    let badge: Presented;
    try {
      badge = readBadge(raw);
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      return judged(null, unasked(no(reason.code, reason.sentence, undefined, reason.fault), tell));
    }
    return judged(badge, await this.answers(badge, depth, tell));
  }

  /** Return the five answers; what a badge says is weighed only once its signature is good. */
  private async answers(badge: Presented, depth: number, tell: Listener): Promise<Answers> {
    const authentic = await this.authentic(badge, depth);
    if (!isGood(authentic)) return unasked(authentic, tell);
    const told = <T extends Answer>(question: Question, found: T): T => (tell(question, found), found);
    return {
      authentic: told("authentic", authentic),
      current: told("current", currency(badge, this.now)),
      notRevoked: told("notRevoked", await revocation(badge.document, (url) => this.listAt(url, badge.issuer))),
      stack: told("stack", await stack(badge.document, (url) => this.part(url, depth + 1))),
      issuerKnown: told("issuerKnown", this.known(badge.issuer)),
    };
  }

  /** Return the first answer; the badge that was asked about has its canonical hash told, its parts have not. */
  private async authentic(badge: Presented, depth: number): Promise<Answer> {
    const fault = keyFault(badge);
    if (fault) return fault;
    let keys: KeyDocument;
    try {
      keys = await this.keysOf(badge.issuer);
    } catch (reason) {
      return withoutKeys(badge, sentenceOf(reason));
    }
    const found = await authenticity(badge, keys, this.now, await this.source.isHome(badge.issuer));
    if (depth || !isGood(found)) return found;
    const documentHashed = hex(await documentHash(badge.document));
    return answer(found.value, found.sentence, { ...found.detail, documentHash: documentHashed });
  }

  private keysOf(did: string): Promise<KeyDocument> {
    return once(this.keys, did, async () => {
      const url = didUrl(did);
      if (!url) throw new Unusable(say("keys.no-address"));
      return readKeyDocument(await this.source.read(url), did);
    });
  }

  private listAt(url: string, did: string): Promise<StatusList> {
    return once(this.lists, JSON.stringify([url, did]), async () => {
      let found: [Uint8Array, KeyDocument];
      try {
        found = [await this.source.read(url), await this.keysOf(did)];
      } catch (reason) {
        throw new Unusable(say("list.missing", { why: sentenceOf(reason) }));
      }
      return readStatusList(found[0], url, found[1], this.now);
    });
  }

  private async part(url: string, depth: number): Promise<Part> {
    const known = this.parts.get(url);
    if (known) return known;
    if (depth > DEEPEST || !this.partsLeft) throw new Unusable(say("stack.too-deep"));
    this.partsLeft--;
    let raw: Uint8Array;
    try {
      raw = await this.source.badge(url);
    } catch (reason) {
      throw new Unusable(sentenceOf(reason));
    }
    const part = { raw, verdict: await this.judge(raw, depth) };
    this.parts.set(url, part);
    return part;
  }

  private known(did: string): Answer {
    if (!this.trusted.size) return answer("unknown", say("issuer.unnamed"), { did });
    if (this.trusted.has(did)) return answer("yes", say("issuer.known"), { did });
    return answer("no", say("issuer.stranger", { did: printable(did, 200) }), { did });
  }
}

/** Return why bytes could not be had or used; throw on what is a fault of ours. */
function sentenceOf(reason: unknown): ReturnType<typeof say> {
  if (reason instanceof Unavailable || reason instanceof Unusable) return reason.sentence;
  throw reason;
}

function once<V>(kept: Map<string, Promise<V>>, name: string, make: () => Promise<V>): Promise<V> {
  const found = kept.get(name) ?? make();
  kept.set(name, found);
  return found;
}

function judged(badge: Presented | null, answers: Answers): Verdict {
  const state = stateOf(answers);
  return {
    id: badge?.id ?? "",
    issuer: badge?.issuer ?? "",
    state,
    document: badge && isGood(answers.authentic) ? badge.document : null,
    answers,
    summary: summary(state, answers, badge),
  };
}

/** Return the answers where the first one is not good: nothing else that the badge says is weighed. */
function unasked(authentic: Answer, tell: Listener): Answers {
  const rest = answer("unknown", say("unasked"));
  const found = { authentic, current: rest, notRevoked: rest, stack: rest, issuerKnown: rest };
  for (const question of QUESTIONS) tell(question, found[question]);
  return found;
}
