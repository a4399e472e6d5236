// The issuers that the reader said they know: kept in this browser, for this site, and sent nowhere.

const KEY = "badgepress.issuers";
const MOST = 200;

export interface KnownIssuer {
  readonly did: string;
  readonly name: string;
}

/** Return the issuers the reader knows; none where the browser keeps nothing, or keeps it from us. */
export function known(): KnownIssuer[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isIssuer).slice(0, MOST) : [];
  } catch (reason) {
    if (isWithheld(reason)) return [];
    throw reason;
  }
}

/** Return their DIDs, as the verifier asks for them. */
export function trusted(): ReadonlySet<string> {
  return new Set(known().map(({ did }) => did));
}

/** Remember an issuer; return false where the browser keeps nothing. */
export function remember(issuer: KnownIssuer): boolean {
  return keep([...known().filter(({ did }) => did !== issuer.did), issuer]);
}

export function forget(did: string): boolean {
  return keep(known().filter((issuer) => issuer.did !== did));
}

function keep(issuers: readonly KnownIssuer[]): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(issuers));
    return true;
  } catch (reason) {
    if (isWithheld(reason)) return false;
    throw reason;
  }
}

function isIssuer(found: unknown): found is KnownIssuer {
  const { did, name } = (found ?? {}) as Partial<KnownIssuer>;
  return typeof did === "string" && typeof name === "string";
}

/** True for what a browser throws that gives a page no storage, or has something else in ours. */
export function isWithheld(reason: unknown): boolean {
  return reason instanceof DOMException || reason instanceof SyntaxError || reason instanceof TypeError;
}
