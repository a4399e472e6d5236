// Expansion that notices what it drops (site_builder/proof/terms.py).
//
// jsonld drops an undefined key and keeps an undefined type or reference as a relative IRI, which it drops on the way
// to RDF: all silently, and so all unsigned. So dropped keys are listened for, there is no base IRI, and every
// relative IRI left over is a fault.

import { getInitialContext, process } from "jsonld/lib/context.js";
import { expand } from "jsonld/lib/expand.js";

import { contextResolver, isPackaged } from "./contexts.ts";
import { ProofFault } from "./faults.ts";
import { isIri } from "./proof-shape.ts";
import { isList } from "./strict-json.ts";
import type { Json, JsonObject } from "./verdict.ts";

interface Dropped {
  readonly event: { readonly code: string; readonly details: { readonly property?: string } };
  readonly next: () => void;
}

/** Return the expanded form of `document`, in which nothing was dropped; throw {@link ProofFault}. */
export async function expandDefined(document: JsonObject): Promise<unknown[]> {
  const named = document["@context"];
  if (!(isList(named) ? named : [named]).every(isPackaged)) {
    throw new ProofFault("not-covered", "not-covered", "@context");
  }
  const faults: string[] = [];
  const expanded = await expandedBy(document, ({ event, next }) => {
    if (event.code === "invalid property") faults.push(event.details.property ?? "");
    next();
  });
  faults.push(...relative(expanded as Json));
  if (faults.length) throw new ProofFault("undefined-term", "undefined-term", faults[0]);
  return expanded;
}

// No base: a relative reference stays relative, and is seen.
const plain = once(async () => {
  const initial = getInitialContext({ processingMode: "json-ld-1.1" });
  const active = await process({ activeCtx: initial, localCtx: { "@base": null }, options: { contextResolver } });
  // jsonld hands out a copy of some 300 terms each time it leaves a node, though nothing changes a context in place.
  active.revertToPreviousContext = function () {
    return this.previousContext ?? this;
  };
  return active;
});

function once<V>(make: () => V): () => V {
  let made: { readonly value: V } | null = null;
  return () => (made ??= { value: make() }).value;
}

async function expandedBy(document: JsonObject, listen: (dropped: Dropped) => void): Promise<unknown[]> {
  const options = { contextResolver, base: null, eventHandler: [listen] };
  try {
    const found = await expand({ activeCtx: await plain(), element: document, options });
    return Array.isArray(found) ? found : found === null ? [] : [found];
  } catch (reason) {
    throw new ProofFault("not-covered", "not-covered", reason instanceof Error ? reason.message : "");
  }
}

/** Yield each node identifier, reference and type in expanded form that RDF cannot hold. */
function* relative(value: Json): Generator<string> {
  if (isList(value)) {
    for (const item of value) yield* relative(item);
  } else if (typeof value === "object" && value && !("@value" in value)) {
    const object = value as JsonObject;
    const types = object["@type"] ?? [];
    const names = [...("@id" in object ? [object["@id"]] : []), ...(isList(types) ? types : [types])];
    for (const name of names) if (!isIri(name)) yield String(name);
    for (const [key, item] of Object.entries(object)) if (key !== "@id" && key !== "@type") yield* relative(item);
  }
}
