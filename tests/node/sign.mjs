// Sign credentials with npm's own library, for comparison with ours:
//
//     node sign.mjs JOB.json > RESULT.json
//
// The job: {credentials, contexts, key, into?, warm?}. `credentials` is a file of one JSON object a line,
// {path, created, unsigned}; `key` has id, controller, publicKeyMultibase and secretKeyMultibase. With `into`, a
// folder, each signed credential is written below it, one after another, and only the count is told. Without
// it all are read first; `warm` of them are signed without being counted, then all of them, against the clock:
// {count, cpu, wall, proofs}, in microseconds and in the order of the file.
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {createReadStream, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {issue} from '@digitalbazaar/vc';

const job = readJson(process.argv[2]);
const known = new Map(Object.entries(job.contexts).map(([url, path]) => [url, readJson(path)]));
const signer = (await Ed25519Multikey.from({type: 'Multikey', ...job.key})).signer();
const result = job.into ? await write(job.into) : await measure(job.warm ?? 0);
process.stdout.write(JSON.stringify(result));

async function measure(warm) {
  const credentials = [];
  for await (const credential of lines()) {
    credentials.push(credential);
  }
  for(const credential of credentials.slice(0, warm)) {
    await sign(credential);
  }
  const proofs = [];
  const [cpu, wall] = [process.cpuUsage(), process.hrtime.bigint()];
  for(const credential of credentials) {
    const signed = await sign(credential);
    JSON.stringify(signed);
    proofs.push(signed.proof.proofValue);
  }
  const {user, system} = process.cpuUsage(cpu);
  const passed = Number(process.hrtime.bigint() - wall) / 1000;
  return {count: credentials.length, cpu: user + system, wall: passed, proofs};
}

async function write(folder) {
  let count = 0;
  for await (const credential of lines()) {
    const path = join(folder, credential.path);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, JSON.stringify(await sign(credential)));
    count += 1;
  }
  return {count};
}

async function* lines() {
  for await (const line of createInterface({input: createReadStream(job.credentials), crlfDelay: Infinity})) {
    yield JSON.parse(line);
  }
}

function sign({unsigned, created}) {
  const suite = new DataIntegrityProof({signer, cryptosuite, date: created});
  // The library writes the proof into what it is given.
  return issue({credential: {...unsigned}, suite, documentLoader, now: created});
}

async function documentLoader(url) {
  if(!known.has(url)) {
    throw new Error(`there is no network: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: known.get(url)};
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
