// Draws addresses as QR codes for printed pages; loaded only where a page may be printed.

import { encode } from "uqr";

declare global {
  // eslint-disable-next-line no-var -- a classic script hands it to the page's own
  var badgepressQr: ((text: string) => readonly (readonly boolean[])[]) | undefined;
}

/** Return the rows of the code for `text`, with the four quiet modules around it that ISO/IEC 18004 asks for. */
globalThis.badgepressQr = (text) => encode(text, { ecc: "M", border: 4 }).data;
