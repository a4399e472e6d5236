// Where the page stands: the site's root, as it was opened, and the languages it has.

export interface Site {
  /** The root of the site that holds this page, as the reader opened it; it ends with a slash. */
  readonly root: URL;
  readonly languages: readonly string[];
  /** The address the site is made for; empty where the page does not say. */
  readonly base: string;
  /** True for a page that was opened from a folder, where nothing can be fetched. */
  readonly isFolder: boolean;
}

/** Return the site of the script that is running; it stands two folders below the root. */
export function siteOf(script: HTMLScriptElement): Site {
  const { languages, base } = script.dataset;
  return {
    root: new URL("../../", script.src),
    languages: (languages ?? document.documentElement.lang).split(" "),
    base: base ?? "",
    isFolder: location.protocol === "file:",
  };
}

/** Return the path of `address` below `base`, which ends with a slash; null where it is elsewhere, or climbs. */
export function below(base: string, address: string): string | null {
  const root = schemeless(base);
  const target = schemeless(address);
  if (root === null || target === null || !target.startsWith(root) || /[?#\\%]/.test(address)) return null;
  const path = target.slice(root.length);
  return path.split("/").some((step) => step === "" || step === "." || step === "..") ? null : path;
}

/** Return host, port and path, as written but for the host's letter case and a default port; null for other things. */
function schemeless(address: string): string | null {
  const [, scheme = "", authority, path = ""] = /^(https?):\/\/([^/?#]+)(\/.*)?$/i.exec(address) ?? [];
  if (authority === undefined) return null;
  const port = scheme.toLowerCase() === "https" ? /:443$/ : /:80$/;
  return authority.toLowerCase().replace(port, "") + (path || "/");
}

/** Return the award's id and its site's address, as a badge's own address names them; null for other addresses. */
export function awardOf(id: string): { base: string; award: string } | null {
  const [, base, award] = /^(https?:\/\/[^?#\s]+\/)issued\/([^/?#\s]+)\/credential\.json$/i.exec(id) ?? [];
  return base === undefined || award === undefined ? null : { base, award };
}

/** Return a text as an address; null where it is none. */
export function addressOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
