// Write a tiny site signed by npm's own library, to prove that the harness accepts what is good:
//
//     node issue.mjs JOB.json
//
// The job: {site, baseUrl, did, contexts, now, credential, statusList: {id, set: [index]}}; the secret key is
// made here and forgotten.
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {dirname, join} from 'node:path';
import {mkdirSync, writeFileSync} from 'node:fs';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {didWebAddress, readJson, siteLoader} from './loader.mjs';
import {issue} from '@digitalbazaar/vc';

const job = readJson(process.argv[2]);
const documentLoader = siteLoader(job);
const key = await Ed25519Multikey.generate({controller: job.did});
const {publicKeyMultibase} = await key.export({publicKey: true});

write(didWebAddress(job.did, new URL(job.baseUrl).protocol), {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
  id: job.did,
  verificationMethod: [{id: key.id, type: 'Multikey', controller: job.did, publicKeyMultibase}],
  assertionMethod: [key.id]
});
const list = await createList({length: 131072});
job.statusList.set.forEach(index => list.setStatus(index, true));
const unsigned = await createCredential({id: job.statusList.id, list, statusPurpose: 'revocation'});
write(job.statusList.id, await sign({...unsigned, issuer: job.did, validFrom: job.now}));
write(job.credential.id, await sign(job.credential));

async function sign(credential) {
  const suite = new DataIntegrityProof({signer: key.signer(), cryptosuite, date: job.now});
  return issue({credential, suite, documentLoader, now: job.now});
}

function write(url, document) {
  const path = join(job.site, decodeURIComponent(url.slice(job.baseUrl.length)));
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, JSON.stringify(document, null, 2));
}
