// Where the peer verifiers read from: the built folder under its own address, the contexts they are handed,
// and nothing else. There is no network behind this loader.
import {readFileSync} from 'node:fs';
import {resolve, sep} from 'node:path';

/** The document loader of jsonld, over `site` (a folder) as if it were served at `baseUrl`. */
export function siteLoader({site, baseUrl, contexts}) {
  const root = resolve(site);
  const known = new Map(Object.entries(contexts).map(([url, path]) => [url, readJson(path)]));

  function hosted(url) {
    const address = new URL(url);
    if(!address.href.startsWith(baseUrl) || address.search) {
      throw new Error(`not on this site, and there is no network: ${url}`);
    }
    const path = resolve(root, decodeURIComponent(address.pathname.slice(new URL(baseUrl).pathname.length)));
    if(!path.startsWith(root + sep)) {
      throw new Error(`outside the site's folder: ${url}`);
    }
    return readJson(path);
  }

  function resolveDid(did) {
    const document = hosted(didWebAddress(did, new URL(baseUrl).protocol));
    if(document.id !== did) {
      throw new Error(`the document found for ${did} says it is ${document.id}`);
    }
    return document;
  }

  function dereference(url) {
    if(known.has(url)) {
      return structuredClone(known.get(url));
    }
    if(!url.startsWith('did:')) {
      return hosted(url);
    }
    const [did, fragment] = url.split('#');
    const document = resolveDid(did);
    return fragment === undefined ? document : verificationMethod(document, url);
  }

  return async url => ({contextUrl: null, documentUrl: url, document: dereference(url)});
}

/** The address of a did:web document (did:web method, "Read"); other methods are refused. */
export function didWebAddress(did, protocol = 'https:') {
  const [scheme, method, host, ...path] = did.split(':');
  if(scheme !== 'did' || method !== 'web' || !host) {
    throw new Error(`not a did:web identifier: ${did}`);
  }
  const folder = path.length ? path.map(decodeURIComponent).join('/') : '.well-known';
  return `${protocol}//${decodeURIComponent(host)}/${folder}/did.json`;
}

function verificationMethod(document, id) {
  const found = (document.verificationMethod ?? []).find(method => method.id === id);
  if(!found) {
    throw new Error(`${document.id} lists no key ${id}`);
  }
  return found;
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
