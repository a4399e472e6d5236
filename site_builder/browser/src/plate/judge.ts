// Hands badges to the verifier: in a worker where the browser starts one, else in the page itself.

import type { Source, Verdict } from "../verify/index.ts";
import type { Brief, FromWorker, Listener, Need, Reply, ToWorker } from "../verifier/messages.ts";
import { Unavailable } from "../verify/source.ts";
import type { Site } from "./site.ts";
import { run } from "./twins.ts";

const SCRIPT = "assets/badgepress/verifier.js";

/** The verifier's own file could not be had: nothing was checked, and another try may help. */
export class NoVerifier extends Error {
  readonly sentence = { key: "award.no-verifier", params: {} };
}

interface Open {
  readonly brief: Brief;
  readonly source: Source;
  readonly tell: Listener;
  readonly done: (verdict: Verdict) => void;
  readonly failed: (reason: Error) => void;
}

/** Judges badges; the verifier's file is asked for as soon as this is made. */
export class Judge {
  readonly #address: URL;
  readonly #open = new Map<number, Open>();
  #worker: Worker | null = null;
  #last = 0;

  constructor(site: Site) {
    this.#address = new URL(SCRIPT, site.root);
    if (!site.isFolder && typeof Worker === "function") this.#start();
  }

  /** Return the verdict on one badge's bytes; rejects only where the verifier itself fails. */
  judge(raw: Uint8Array, source: Source, now: Date, trusted: ReadonlySet<string>, tell: Listener = () => undefined): Promise<Verdict> {
    const brief = { raw, now, trusted: [...trusted] };
    if (!this.#worker) return this.#here(brief, source, tell);
    this.#last += 1;
    return new Promise((done, failed) => {
      this.#open.set(this.#last, { brief, source, tell, done, failed });
      this.#post({ job: this.#last, brief });
    });
  }

  #start(): void {
    this.#worker = new Worker(this.#address);
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => void this.#heard(data));
    // A worker that cannot run is no reason to leave a badge unchecked: the page does the work.
    this.#worker.addEventListener("error", () => this.#without());
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #without(): void {
    const open = [...this.#open.values()];
    this.#worker?.terminate();
    this.#worker = null;
    this.#open.clear();
    for (const { brief, source, tell, done, failed } of open) this.#here(brief, source, tell).then(done, failed);
  }

  async #here(brief: Brief, source: Source, tell: Listener): Promise<Verdict> {
    if (!globalThis.badgepressJudge) await run(this.#address).catch(() => undefined);
    if (!globalThis.badgepressJudge) throw new NoVerifier();
    return globalThis.badgepressJudge(brief, (need) => replyTo(need, source), tell);
  }

  async #heard(data: FromWorker): Promise<void> {
    const open = this.#open.get(data.job);
    if (!open) return;
    if ("need" in data) {
      const reply = await replyTo(data.need, open.source);
      this.#post({ asked: data.asked, reply });
    } else if ("question" in data) open.tell(data.question, data.answer);
    else {
      this.#open.delete(data.job);
      if ("verdict" in data) open.done(data.verdict);
      else open.failed(new Error(data.fault));
    }
  }
}

async function replyTo({ what, about }: Need, source: Source): Promise<Reply> {
  if (what === "isHome") return { home: await source.isHome(about) };
  try {
    return { bytes: await source[what](about) };
  } catch (reason) {
    if (!(reason instanceof Unavailable)) throw reason;
    return { sentence: reason.sentence };
  }
}
