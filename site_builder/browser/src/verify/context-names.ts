// The addresses of the two contexts, apart from their contents: a page names them and only the verifier needs the rest.

export const CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";
/** The exact `@context` of a badge, in this order (site_builder/proof/contexts.py). */
export const CONTEXTS: readonly string[] = [
  CREDENTIALS_V2,
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];
