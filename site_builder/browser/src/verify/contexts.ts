// The two JSON-LD contexts, from the bundle: nothing is ever fetched (site_builder/proof/contexts.py).

import packaged from "badgepress:contexts";
import type { ActiveContext } from "jsonld/lib/context.js";

/** A context as jsonld wants it, which remembers what it came to on top of each other one. */
class Resolved {
  private readonly processed = new WeakMap<ActiveContext, unknown>();

  constructor(readonly document: unknown) {}

  getProcessed(active: ActiveContext): unknown {
    return this.processed.get(active);
  }

  setProcessed(active: ActiveContext, made: unknown): void {
    this.processed.set(active, made);
  }
}

export function isPackaged(url: unknown): boolean {
  return typeof url === "string" && Object.prototype.hasOwnProperty.call(packaged, url);
}

/** Resolves contexts: from the bundle, or as they stand in a bundled one. */
class ContextResolver {
  private readonly known = new Map<string, Resolved>();

  /** Return what `context` names, one entry for each; throw for an address that is not in the bundle. */
  async resolve({ context }: { context: unknown }): Promise<Resolved[]> {
    const entries: unknown[] = Array.isArray(context) ? context : [context];
    return entries.flatMap((entry) => (typeof entry === "string" ? this.named(entry) : [this.once(entry)]));
  }

  private named(url: string): Resolved[] {
    if (!isPackaged(url)) throw new Error("a context that is not in the bundle");
    const found = packaged[url]?.["@context"];
    return (Array.isArray(found) ? found : [found]).map((entry) => this.once(entry));
  }

  private once(document: unknown): Resolved {
    const name = JSON.stringify(document);
    const found = this.known.get(name) ?? new Resolved(document);
    this.known.set(name, found);
    return found;
  }
}

/** One for all documents, which cannot bring contexts of their own: each is worked out once, which is half the work. */
export const contextResolver = new ContextResolver();
