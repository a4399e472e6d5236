// Asks the browser's modules many things in one process: a job a line on standard input, an answer a line.
//
// node run.mjs [fallback]: the word runs them as on a page that came over plain http. A job has badges to judge (cases), gzip members to unpack (packed), calls of the holder's page (holder: names of
// functions and their arguments), texts that all stand in one table (tables) or sentences to say (said).
// The core is bundled here as it is for the site, so that what is tested is what is published.

import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

import { bundle } from "../../site_builder/browser/build.mjs";

const BROWSER = join(dirname(fileURLToPath(import.meta.url)), "../../site_builder/browser");

// As on a page that came over plain http: no crypto.subtle.
if (process.argv[2] === "fallback") Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });

const contents =
  'export * from "./src/verify/index.ts"; export { Words } from "./src/words.ts";' +
  'export { gunzip, TooLarge } from "./src/verify/gunzip.ts"; export { csv } from "./src/check/csv.ts";' +
  ["values", "claims", "badge"].map((name) => `export * as ${name} from "./src/holder/${name}.ts";`).join("");
const built = await bundle(undefined, {
  entryPoints: undefined,
  stdin: { contents, resolveDir: BROWSER, loader: "ts" },
  globalName: "core",
});
const core = runInThisContext(`${built.outputFiles[0].text};core`);
const { verify, Unavailable, Words, say, QUESTIONS, gunzip, TooLarge, csv } = core;

let job;
let blobs;

function bytes(text) {
  return Uint8Array.from(Buffer.from(text, "base64"));
}

function sourceOf({ files, home }) {
  const read = async (url) => {
    if (!Object.hasOwn(job.folders[files], url)) throw new Unavailable(say("unavailable.missing", { url }));
    return blobs[job.folders[files][url]];
  };
  return { read, badge: read, isHome: () => home };
}

async function judged(item, words) {
  const heard = [];
  const verdict = await verify(
    blobs[item.raw], sourceOf(item), new Date(item.now), new Set(item.trusted), (question) => heard.push(question),
  );
  if (heard.join() !== QUESTIONS.join()) throw new Error(`heard of ${heard.join()}`);
  const told = QUESTIONS.map((question) => {
    const { value, sentence, detail } = verdict.answers[question];
    return [question, { value, reason: words.say(sentence), detail }];
  });
  const { id, issuer, state, document } = verdict;
  return { id, issuer, state, document, summary: words.say(verdict.summary), answers: Object.fromEntries(told) };
}

async function verdicts() {
  const words = new Words(job.language);
  const found = [];
  for (const item of job.cases) found.push(await judged(item, words));
  return found;
}

/** The unpacked bytes; "large" or "damaged" where there are none. */
function unpacked(text) {
  try {
    return Buffer.from(gunzip(bytes(text), job.cap)).toString("base64");
  } catch (reason) {
    if (reason instanceof TypeError || reason instanceof RangeError) throw reason;
    return reason instanceof TooLarge ? "large" : "damaged";
  }
}

function sentence({ language, key, params, day }) {
  const words = new Words(language);
  return day ? words.day(new Date(day)) : words.text(key, params);
}

/** What one function of src/holder/ returns. */
function called([file, name, ...words]) {
  return core[file][name](...words);
}

/** The table of the checking page about one badge that says `text` wherever it can. */
function table(text) {
  const document = { name: text, credentialSubject: { achievement: { name: text } } };
  const answers = Object.fromEntries(QUESTIONS.map((question) => [question, { value: text }]));
  const verdict = { id: text, issuer: text, state: text, document, summary: say("refused.not-a-badge"), answers };
  return csv([{ item: { name: text }, verdict }], new Words(job.language), new Date(0));
}

async function answered(line) {
  job = JSON.parse(line);
  blobs = (job.blobs ?? []).map(bytes);
  if (job.cases) return await verdicts();
  return job.packed?.map(unpacked) ?? job.holder?.map(called) ?? job.tables?.map(table) ?? job.said.map(sentence);
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const answer = await answered(line).then((told) => ({ told }), (reason) => ({ fault: reason.stack }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
