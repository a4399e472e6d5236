// Where a did:web lives (did:web method specification, 3.2 Read; site_builder/verifying/did_web.py).

const LOOPBACK: readonly string[] = ["localhost", "127.0.0.1"];
const HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?";
const FORM = new RegExp(`^did:web:(${HOST})(?:%3[Aa]([0-9]{1,5}))?((?::[A-Za-z0-9._~-]{1,100}){0,20})$`);
const ADDRESS = /^(https?):\/\/(?:[^/?#]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#@:[\]\s]+)(?::[0-9]{0,5})?(?:[/?#][^\n\r\t]*)?$/i;

function parts(did: string): { authority: string; path: string } | null {
  const [, host, port, path] = FORM.exec(did) ?? [];
  if (host === undefined) return null;
  const steps = (path ?? "").split(":").slice(1);
  if (steps.some((step) => step === "." || step === "..")) return null;
  return { authority: host.toLowerCase() + (port ? `:${port}` : ""), path: steps.map((step) => `/${step}`).join("") };
}

/** Return the address of the did.json that `did` names; null where it is no did:web with a host. */
export function didUrl(did: string): string | null {
  const found = parts(did);
  if (!found) return null;
  const scheme = LOOPBACK.includes(found.authority.split(":")[0] ?? "") ? "http" : "https";
  return `${scheme}://${found.authority}${found.path || "/.well-known"}/did.json`;
}

/** Return the host, with its port if it names one, that must vouch for `did`; empty for other DIDs. */
export function didHost(did: string): string {
  return parts(did)?.authority ?? "";
}

/** Return true for an address that may be asked: https, or http to this very machine. */
export function isFetchable(url: string): boolean {
  const [, scheme = "", host = ""] = ADDRESS.exec(url) ?? [];
  return scheme.toLowerCase() === "https" || (scheme !== "" && LOOPBACK.includes(host.toLowerCase()));
}
