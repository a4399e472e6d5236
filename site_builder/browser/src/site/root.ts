// Where the site's files are, seen from this page: over http, below any path, or in a folder.

const IN_FOLDER = location.protocol === "file:";

/** Return the site's root as this page was opened; it ends with a slash. */
export function root(): URL {
  const given = document.body.dataset.root ?? ".";
  return new URL(given.endsWith("/") ? given : `${given}/`, location.href);
}

/** Return the address of a page, given below the root; in a folder no host finds index.html for us. */
export function addressOfPage(path: string): string {
  return whole(new URL(path, root())).href;
}

/** Let this page's links to other pages work from a folder; over http there is nothing to do. */
export function mendLinks(): void {
  if (!IN_FOLDER) return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const address = new URL(link.href);
    if (address.protocol === "file:" && address.pathname.endsWith("/")) link.href = whole(address).href;
  }
}

function whole(address: URL): URL {
  if (IN_FOLDER && address.pathname.endsWith("/")) address.pathname += "index.html";
  return address;
}

/** Load a classic script from the site; rejects where it cannot be had. */
export function load(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(path, root()).href;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${path} could not be loaded`)));
    document.head.append(script);
  });
}
