// Limits that hold before a stranger's document is canonicalized (site_builder/proof/guards.py).
//
// Expansion is quadratic in the values of one property, and RDFC-1.0 is factorial in blank nodes it cannot tell
// apart: a document of 3 kB could hang the page for a minute.

import type { Quad, Term } from "jsonld/lib/toRdf.js";

import { ProofFault } from "./faults.ts";
import { isList, isObject } from "./strict-json.ts";
import { size } from "./text.ts";
import type { Json, JsonObject } from "./verdict.ts";

const MAX_DEPTH = 40;
const MAX_VALUES = 2_000;
const MAX_TEXT = 200_000;
const MAX_BLANK_NODES = 600;
const MAX_ALIKE = 60;
/** Orderings RDFC-1.0 may have to try; 720 is six siblings nothing tells apart. */
const MAX_ORDERINGS = 720;

function tooComplex(code: string): never {
  throw new ProofFault("too-complex", code);
}

/** Throw where depth, number of values or the length of a text pass their limit. */
export function refuseTooLarge(document: JsonObject): void {
  const stack: [Json, number][] = [[document, 1]];
  let seen = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [value, depth] = next;
    if (++seen > MAX_VALUES) tooComplex("too-many-values");
    if (depth > MAX_DEPTH) tooComplex("too-deep");
    if (typeof value === "string" && size(value) > MAX_TEXT) tooComplex("text-too-long");
    if (typeof value === "object" && value) {
      for (const item of Object.values(value)) stack.push([item, depth + 1]);
    }
  }
}

/**
 * Throw where the credential or its status entry is described in two places: a graph does not say where in the JSON
 * a statement stood, so `validUntil` could be moved to where no reader of the JSON looks for it.
 */
export function refuseRedescribed(document: JsonObject): void {
  const status = document.credentialStatus;
  const entries = isList(status) ? status : [status];
  const guarded = new Set([document.id, ...entries.map((entry) => (isObject(entry) ? entry.id : undefined))]);
  const described = new Set<Json>();
  for (const node of nodesOf(document)) {
    const name = node.id;
    const says = Object.keys(node).some((key) => key !== "id" && key !== "@context");
    if (typeof name !== "string" || !guarded.has(name) || !says) continue;
    if (described.has(name)) throw new ProofFault("not-covered", "not-covered", name);
    described.add(name);
  }
}

/** Yield every object in a document, from the outside in. */
export function* nodesOf(value: Json): Generator<JsonObject> {
  if (isObject(value)) yield value;
  if (typeof value !== "object" || !value) return;
  for (const item of Object.values(value)) yield* nodesOf(item);
}

/** Throw where blank nodes are many, or alike in a way that costs many orderings. */
export function refusePoison(quads: readonly Quad[]): void {
  const mentions = mentionsIn(quads);
  if (mentions.size > MAX_BLANK_NODES) tooComplex("too-many-blank-nodes");
  const looks = new Map([...mentions].map(([name, around]) => [name, look(name, around)]));
  const times = new Map<string, number>();
  for (const found of looks.values()) times.set(found, (times.get(found) ?? 0) + 1);
  const alike = [...times.values()].filter((number) => number > 1).reduce((sum, number) => sum + number, 0);
  if (alike > MAX_ALIKE) tooComplex("too-many-alike");
  if (!alike) return;
  let orders = 1;
  for (const [name, around] of mentions) orders *= orderings(name, around, looks);
  if (orders > MAX_ORDERINGS) tooComplex("poison");
}

const PARTS = ["subject", "predicate", "object", "graph"] as const;

function isBlank(term: Term): boolean {
  return term.termType === "BlankNode";
}

function mentionsIn(quads: readonly Quad[]): Map<string, Quad[]> {
  const found = new Map<string, Quad[]>();
  for (const quad of quads) {
    const names = PARTS.map((part) => quad[part]).filter(isBlank).map((term) => term.value);
    for (const name of new Set(names)) found.set(name, [...(found.get(name) ?? []), quad]);
  }
  return found;
}

/** Return what RDFC-1.0 4.6 (first degree) sees of a blank node: its quads, other blank nodes unnamed. */
function look(name: string, around: readonly Quad[]): string {
  const seen = (term: Term): readonly (string | undefined)[] => {
    if (isBlank(term)) return [term.value === name ? "a" : "z"];
    return [term.termType, term.value, term.datatype?.value, term.language];
  };
  return JSON.stringify(around.map((quad) => JSON.stringify(PARTS.map((part) => seen(quad[part])))).sort());
}

/** Return how many orders of alike neighbours RDFC-1.0 4.8 (N-degree) may try at this blank node. */
function orderings(name: string, around: readonly Quad[], looks: ReadonlyMap<string, string>): number {
  const groups = new Map<string, Set<string>>();
  for (const quad of around) {
    for (const part of PARTS) {
      const term = quad[part];
      if (!isBlank(term) || term.value === name) continue;
      const group = JSON.stringify([part, quad.predicate.value, looks.get(term.value)]);
      groups.set(group, (groups.get(group) ?? new Set()).add(term.value));
    }
  }
  let orders = 1;
  for (const group of groups.values()) for (let n = group.size; n > 1; n--) orders *= n;
  return orders;
}
