// Verify a built site with npm's verifiers, which others wrote:
//
//     node verify.mjs JOB.json > RESULT.json
//
// The job: {site, baseUrl, now?, contexts: {url: path}, credentials: [path], statusLists: [path]}, paths of the
// last two relative to `site`. The result holds one entry per credential and per status list.
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus, decodeList} from '@digitalbazaar/vc-bitstring-status-list';
import {verifyCredential} from '@digitalbazaar/vc';
import {join} from 'node:path';
import {readJson, siteLoader} from './loader.mjs';

const job = readJson(process.argv[2]);
if(job.now) {
  stopClock(job.now);
}
const documentLoader = siteLoader(job);
const suite = new DataIntegrityProof({cryptosuite});

process.stdout.write(JSON.stringify({
  credentials: await eachOf(job.credentials, credentialVerdict),
  statusLists: await eachOf(job.statusLists, listVerdict)
}));

/** A verdict for each file; one that cannot even be read is refused, and the others still get theirs. */
async function eachOf(paths, judge) {
  const verdicts = {};
  for(const path of paths) {
    try {
      verdicts[path] = await judge(readJson(join(job.site, path)));
    } catch(error) {
      verdicts[path] = {verified: false, error: error.message};
    }
  }
  return verdicts;
}

/** What @digitalbazaar/vc says today, what it would have said on the day of issue, and the status bit. */
async function credentialVerdict(credential) {
  const today = await verdict(credential);
  const issued = await verdict(credential, new Date(credential.validFrom));
  const status = await checkStatus({credential, suite, documentLoader});
  return {
    id: credential.id ?? null,
    verified: today.verified,
    error: words(today),
    verifiedWhenIssued: issued.verified,
    errorWhenIssued: words(issued),
    statusVerified: status.verified,
    statusError: words(status),
    revoked: status.verified ? status.results.some(entry => entry.status) : null
  };
}

/** A status list is a credential as well; and the places of its set bits, read by npm's own decoder. */
async function listVerdict(credential) {
  const today = await verdict(credential);
  const {length, set} = today.verified ? await bits(credential) : {length: null, set: null};
  return {id: credential.id ?? null, verified: today.verified, error: words(today), length, set};
}

async function bits(credential) {
  const list = await decodeList({encodedList: credential.credentialSubject.encodedList});
  const set = [];
  for(let index = 0; index < list.length; index++) {
    if(list.getStatus(index)) {
      set.push(index);
    }
  }
  return {length: list.length, set};
}

function verdict(credential, now) {
  return verifyCredential({credential, suite, documentLoader, checkStatus, ...(now && {now})});
}

/** Every reason in a failed result: these libraries nest them. */
function words(result) {
  return [...new Set([...reasons(result.error), ...reasons(result.statusResult?.error)])].join('; ');
}

function reasons(error) {
  return error ? [error.message, ...(error.errors ?? []).flatMap(reasons), ...reasons(error.cause)] : [];
}

/** The libraries read the clock themselves in places that take no `now`: let every reading say the same. */
function stopClock(iso) {
  const RealDate = Date;
  const moment = RealDate.parse(iso);
  if(Number.isNaN(moment)) {
    throw new Error(`not a date: ${iso}`);
  }
  globalThis.Date = class extends RealDate {
    constructor(...words) {
      super(...(words.length ? words : [moment]));
    }
    static now() {
      return moment;
    }
  };
}
