// What jsonld takes from rdf-canonize: one class. Its whole package would carry the canonicalizer twice.

export { default as IdentifierIssuer } from "rdf-canonize/lib/IdentifierIssuer.js";
