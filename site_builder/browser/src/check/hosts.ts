// Other hosts: each is asked only after the reader pressed the button that names it, and for its own badges only.

import { didHost, isFetchable } from "../verify/did-web.ts";
import type { Source } from "../verify/index.ts";
import { Unavailable } from "../verify/source.ts";
import { addressOf } from "../plate/site.ts";
import { fetched } from "../plate/fetching.ts";

/** One host, as a source for the badges it vouches for: its key document, its lists, its badges, nothing else. */
export class HostSource implements Source {
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  constructor(private readonly host: string) {}

  isHome(did: string): boolean {
    return didHost(did) === this.host;
  }

  read(url: string): Promise<Uint8Array> {
    const found = this.#kept.get(url) ?? this.#bytes(url);
    this.#kept.set(url, found);
    return found;
  }

  badge(url: string): Promise<Uint8Array> {
    return this.read(url);
  }

  async #bytes(url: string): Promise<Uint8Array> {
    const address = addressOf(url);
    if (!address || address.host !== this.host || !isFetchable(url) || address.username) {
      throw new Unavailable({ key: "check.not-asked", params: { host: address?.host ?? url } });
    }
    // A redirect would lead to a host that the reader was not told of.
    return fetched(address, "error");
  }
}

/** Where nobody is asked: a badge is judged by its bytes alone. */
export class NoSource implements Source {
  constructor(private readonly host: string) {}

  isHome(): boolean {
    return false;
  }

  read(): Promise<Uint8Array> {
    return Promise.reject(new Unavailable({ key: "check.not-asked", params: { host: this.host || "–" } }));
  }

  badge(): Promise<Uint8Array> {
    return this.read();
  }
}
