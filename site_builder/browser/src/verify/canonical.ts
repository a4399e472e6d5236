// The canonical form of a document that is covered whole: RDFC-1.0 N-Quads (site_builder/proof/canonical.py).

import { sha256 } from "@noble/hashes/sha2.js";
import { toRDF } from "jsonld/lib/toRdf.js";
import RDFC10Sync from "rdf-canonize/lib/RDFC10Sync.js";

import { hex, utf8 } from "./bytes.ts";
import { ProofFault } from "./faults.ts";
import { refusePoison, refuseRedescribed, refuseTooLarge } from "./guards.ts";
import { refuseUnsignedShapes } from "./proof-shape.ts";
import { expandDefined } from "./terms.ts";
import { byCodePoint } from "./text.ts";
import type { JsonObject } from "./verdict.ts";

const LINE_END = " .\n";

/**
 * The hash of rdf-canonize, which sorts statements by UTF-16 units where RDFC-1.0 wants code points. What it hashes is
 * handed over piece by piece, so pieces that are all statements are put in the right order here.
 */
class Digest {
  private pieces: string[] = [];

  update(text: string): void {
    this.pieces.push(text);
  }

  digest(): string {
    const statements = this.pieces.every((piece) => piece.endsWith(LINE_END));
    return hex(sha256(utf8((statements ? this.pieces.sort(byCodePoint) : this.pieces).join(""))));
  }
}

/** Return the canonical N-Quads of `document`; throw {@link ProofFault} where a proof would not cover it whole. */
export async function canonicalNquads(document: JsonObject): Promise<string> {
  const quads = toRDF(await covered(document), {});
  refusePoison(quads);
  // The guard above bounds the work; the library's own bound would refuse a dozen siblings that differ within.
  const found = new RDFC10Sync({ createMessageDigest: () => new Digest(), maxWorkFactor: Infinity }).main(quads);
  if (!found) throw new ProofFault("not-covered", "not-covered");
  // A statement ends with its LF, and no other LF stands in one.
  const lines = found.slice(0, -1).split("\n").sort(byCodePoint);
  // Some processors would write it twice, others once.
  if (lines.some((line, index) => line === lines[index - 1])) throw new ProofFault("not-covered", "not-covered");
  return lines.map((line) => `${line}\n`).join("");
}

/** Return the SHA-256 of the canonical document. */
export async function canonicalHash(document: JsonObject): Promise<Uint8Array> {
  return sha256(utf8(await canonicalNquads(document)));
}

/** Throw {@link ProofFault} where a part of `document` would not be covered by any proof. */
export async function covered(document: JsonObject): Promise<unknown[]> {
  refuseTooLarge(document);
  refuseUnsignedShapes(document);
  refuseRedescribed(document);
  return expandDefined(document);
}
