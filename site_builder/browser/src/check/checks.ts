// The checks of one visit: what was brought, whom it takes to judge it, and what was found.

import { didHost } from "../verify/did-web.ts";
import type { Sentence, Source, Verdict } from "../verify/index.ts";
import { Unavailable } from "../verify/source.ts";
import { claimsOf } from "../plate/checking.ts";
import { Judge, NoVerifier } from "../plate/judge.ts";
import { trusted } from "../plate/known.ts";
import { text } from "../plate/reading.ts";
import { awardOf, below, type Site } from "../plate/site.ts";
import { reader, SiteSource } from "../plate/source.ts";
import { HostSource, NoSource } from "./hosts.ts";
import type { Item } from "./items.ts";

/** One badge of the visit. `waits` names the host that must be asked first, or is empty. */
export interface Check {
  readonly item: Item;
  readonly raw: Uint8Array | null;
  readonly waits: string;
  readonly fault: Sentence | null;
  readonly verdict: Verdict | null;
}

/** Judges items; asks this site at once, and another host only after {@link Checks.allow}. */
export class Checks {
  list: readonly Check[] = [];
  readonly #site: Site;
  readonly #own: SiteSource;
  readonly #judge: Judge;
  readonly #hosts = new Map<string, HostSource>();

  constructor(site: Site) {
    this.#site = site;
    this.#judge = new Judge(site);
    this.#own = new SiteSource(site, site.base, reader(site));
  }

  /** Return the hosts that items wait for, with how many do. */
  get waiting(): ReadonlyMap<string, number> {
    const hosts = this.list.map(({ waits }) => waits).filter(Boolean);
    return new Map(hosts.map((host) => [host, hosts.filter((other) => other === host).length]));
  }

  async add(items: readonly Item[], now: Date): Promise<void> {
    const fresh = items.map((item) => ({ item, raw: item.raw, waits: "", fault: item.fault, verdict: null }));
    this.list = [...this.list, ...fresh];
    await this.judge(now);
  }

  /** Ask `host` from now on: the reader pressed the button with its name. */
  async allow(host: string, now: Date): Promise<void> {
    this.#hosts.set(host, new HostSource(host));
    await this.judge(now);
  }

  /** Judge everything that can be; `again` also what was judged before. */
  async judge(now: Date, again = false): Promise<void> {
    const judged: Check[] = [];
    for (const check of this.list) {
      const open = !check.fault && (again || !check.verdict);
      judged.push(open ? await this.#step(check, now) : check);
    }
    this.list = judged;
  }

  clear(): void {
    this.list = [];
  }

  async #step(check: Check, now: Date): Promise<Check> {
    try {
      const raw = check.raw ?? (await this.#fetch(check.item));
      if (!raw) return { ...check, waits: check.item.address?.host ?? "" };
      return await this.#judged({ ...check, raw, waits: "" }, raw, now);
    } catch (reason) {
      if (reason instanceof NoVerifier) return { ...check, waits: "", fault: reason.sentence };
      if (!(reason instanceof Unavailable)) throw reason;
      return { ...check, waits: "", fault: { key: "check.not-read", params: { why: reason.sentence } } };
    }
  }

  /** Return the bytes at an item's address; null where its host must be allowed first. */
  async #fetch({ address }: Item): Promise<Uint8Array | null> {
    if (!address) return null;
    const path = below(this.#site.base, address.href) ?? below(this.#site.root.href, address.href);
    if (path !== null) return this.#own.read(this.#site.base + path);
    return (await this.#hosts.get(address.host)?.read(address.href)) ?? null;
  }

  async #judged(check: Check, raw: Uint8Array, now: Date): Promise<Check> {
    const claimed = claimsOf(raw) ?? {};
    const issuer = text(claimed, "issuer") || text(claimed, "issuer", "id");
    const host = didHost(issuer);
    const source = this.#sourceFor(text(claimed, "id"), host);
    if (source) return { ...check, verdict: await this.#judge.judge(raw, source, now, trusted()) };
    // Without anybody's keys some badges can be refused, but none can be found genuine.
    const verdict = await this.#judge.judge(raw, new NoSource(host), now, trusted());
    const refused = verdict.state === "invalid" || !host;
    return refused ? { ...check, verdict } : { ...check, waits: host };
  }

  #sourceFor(id: string, host: string): Source | null {
    const own = this.#site.base && awardOf(id)?.base === this.#site.base;
    return own ? this.#own : (this.#hosts.get(host) ?? null);
  }
}
