// What an award page needs on paper: loaded when a page has been checked and the browser has time.

import { sheet } from "./sheet.ts";

declare global {
  // eslint-disable-next-line no-var -- a classic script hands it to the page's own
  var badgepressSheet: typeof sheet | undefined;
}

globalThis.badgepressSheet = sheet;
