// Twins of JSON files, as classic scripts: the way bytes reach a page that was opened from a folder.

import { MAX_BYTES } from "../verify/source.ts";
import { unavailable } from "./fetching.ts";

type Pieces = readonly (string | number)[];

declare global {
  // eslint-disable-next-line no-var -- twins are classic scripts, and call it
  var badgepress: ((path: string, pieces: Pieces, shared?: string) => void) | undefined;
}

interface Handed {
  readonly pieces: Pieces;
  readonly shared: string;
}

/** The files of a site's folder, by their path below its root; each is loaded once. */
export class Twins {
  readonly #root: URL;
  readonly #loading = new Map<string, Promise<Handed>>();
  readonly #handed = new Map<string, Handed>();

  constructor(root: URL) {
    this.#root = root;
    globalThis.badgepress = (path, pieces, shared = "") => this.#handed.set(path, { pieces, shared });
  }

  /** Return the bytes of the JSON file at `path`; throw Unavailable where it has no twin. */
  async read(path: string): Promise<Uint8Array> {
    const { pieces, shared } = await this.#load(path, path.replace(/\.json$/, ".js"));
    const texts = shared ? (await this.#load(shared, shared)).pieces : [];
    const text = pieces.map((piece) => (typeof piece === "number" ? textAt(texts, piece, path) : piece)).join("");
    const bytes = new TextEncoder().encode(text);
    if (bytes.length > MAX_BYTES) throw unavailable("too-large", { url: path });
    return bytes;
  }

  #load(path: string, script: string): Promise<Handed> {
    const found = this.#loading.get(path) ?? this.#run(path, script);
    this.#loading.set(path, found);
    return found;
  }

  async #run(path: string, script: string): Promise<Handed> {
    await run(new URL(script, this.#root)).catch(() => {
      throw unavailable("missing", { url: script });
    });
    const found = this.#handed.get(path);
    if (!found) throw unavailable("missing", { url: script });
    return found;
  }
}

function textAt(texts: Pieces, index: number, path: string): string {
  const found = texts[index];
  if (typeof found !== "string") throw unavailable("missing", { url: path });
  return found;
}

/** Load a classic script of the site; rejects where it is not there. */
export function run(address: URL): Promise<void> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address.href;
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => failed(new Error(`no script at ${address.pathname}`)));
    document.head.append(script);
  });
}
