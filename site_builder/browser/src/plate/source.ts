// Where the bytes for a badge of this site come from: the site itself, at its home or as a copy, and nowhere else.

import { didUrl } from "../verify/did-web.ts";
import type { Source } from "../verify/index.ts";
import { Unavailable } from "../verify/source.ts";
import { fetched, NetworkFailed } from "./fetching.ts";
import { addressOf, below, type Site } from "./site.ts";
import { Twins } from "./twins.ts";

/** Reads files of a site by their path below its root; throws Unavailable. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** Return the reader of this site's files, over the network or from the folder. */
export function reader(site: Site): ReadFile {
  if (!site.isFolder) return (path) => fetched(new URL(path, site.root));
  const twins = new Twins(site.root);
  return (path) => twins.read(path);
}

/**
 * The site that holds the page, as a source for badges whose addresses lie below `base`. It is their home where it was
 * opened at `base` itself; anywhere else it is a copy, whose files stand for what the addresses name.
 */
export class SiteSource implements Source {
  /** True once something could not be had that another try may bring. */
  failed = false;
  readonly atHome: boolean;
  /** The badges that were read, by their address. */
  readonly badges = new Map<string, Uint8Array>();
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  constructor(
    private readonly site: Site,
    private readonly base: string,
    private readonly file: ReadFile,
  ) {
    this.atHome = !site.isFolder && below(base, `${site.root.href}x`) === "x" && base.startsWith(site.root.protocol);
  }

  isHome(did: string): boolean {
    const address = didUrl(did);
    return this.atHome && address !== null && new URL(address).origin === this.site.root.origin;
  }

  read(url: string): Promise<Uint8Array> {
    const found = this.#kept.get(url) ?? this.#bytes(url);
    this.#kept.set(url, found);
    return found;
  }

  async badge(url: string): Promise<Uint8Array> {
    const raw = await this.read(url);
    this.badges.set(url, raw);
    return raw;
  }

  async #bytes(url: string): Promise<Uint8Array> {
    try {
      const path = below(this.base, url);
      if (path !== null) return await this.file(this.#path(path));
      // An issuer may keep its keys at the root of this very host, above the site.
      if (this.atHome && addressOf(url)?.origin === this.site.root.origin) return await fetched(new URL(url));
    } catch (reason) {
      if (reason instanceof NetworkFailed) this.failed = true;
      throw reason;
    }
    throw new Unavailable({ key: "award.elsewhere", params: { host: hostOf(url) } });
  }

  /** A copy keeps the key document at its root too: hosts and archives drop folders whose names begin with a dot. */
  #path(path: string): string {
    return !this.atHome && path === ".well-known/did.json" ? "did.json" : path;
  }
}

function hostOf(url: string): string {
  return addressOf(url)?.host ?? url;
}
