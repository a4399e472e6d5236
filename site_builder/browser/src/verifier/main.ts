// The verifier as a file of its own: it works in a worker, so that a page stays quick under a reader's hands; in a page
// that was opened from a folder, where no worker starts, it is loaded as a classic script.

import { Unavailable, verify, type Source } from "../verify/index.ts";
import type { FromWorker, JudgeHere, Need, Reply, ToWorker } from "./messages.ts";

declare global {
  // eslint-disable-next-line no-var -- a classic script hands it to the page's own
  var badgepressJudge: JudgeHere | undefined;
}

interface Worker {
  postMessage(message: FromWorker): void;
  addEventListener(type: "message", heard: (event: MessageEvent<ToWorker>) => void): void;
}

/** Judge one badge, asking for every byte. */
const judge: JudgeHere = ({ raw, now, trusted }, asking, tell) => {
  const bytes = (what: Need["what"]) => async (about: string): Promise<Uint8Array> => {
    const { bytes: found, sentence } = await asking({ what, about });
    if (found) return found;
    throw sentence ? new Unavailable(sentence) : new Error(`no answer about ${about}`);
  };
  const isHome = async (about: string): Promise<boolean> => (await asking({ what: "isHome", about })).home === true;
  const source: Source = { read: bytes("read"), badge: bytes("badge"), isHome };
  return verify(raw, source, now, new Set(trusted), tell);
};

/** Judge what a page sends. */
function serve(worker: Worker): void {
  const waiting = new Map<number, (reply: Reply) => void>();
  let asked = 0;

  const asking = (job: number) => (need: Need): Promise<Reply> =>
    new Promise((answered) => {
      asked += 1;
      waiting.set(asked, answered);
      worker.postMessage({ job, asked, need });
    });

  worker.addEventListener("message", ({ data }) => {
    if ("asked" in data) {
      waiting.get(data.asked)?.(data.reply);
      waiting.delete(data.asked);
      return;
    }
    const { job } = data;
    judge(data.brief, asking(job), (question, answer) => worker.postMessage({ job, question, answer })).then(
      (verdict) => worker.postMessage({ job, verdict }),
      (reason) => worker.postMessage({ job, fault: String(reason) }),
    );
  });
}

if (typeof document === "undefined") serve(globalThis as unknown as Worker);
else globalThis.badgepressJudge = judge;
