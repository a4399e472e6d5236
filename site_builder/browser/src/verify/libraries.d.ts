// The inner modules of jsonld and rdf-canonize that we use: neither package has types of its own.

declare module "badgepress:contexts" {
  const contexts: Readonly<Record<string, { readonly "@context": unknown }>>;
  export default contexts;
}

declare module "jsonld/lib/context.js" {
  export interface ActiveContext {
    readonly previousContext?: ActiveContext;
    revertToPreviousContext(): ActiveContext;
  }
  export function getInitialContext(options: { processingMode: string }): ActiveContext;
  export function process(call: { activeCtx: ActiveContext; localCtx: unknown; options: object }): Promise<ActiveContext>;
}

declare module "jsonld/lib/expand.js" {
  import type { ActiveContext } from "jsonld/lib/context.js";
  export function expand(call: { activeCtx: ActiveContext; element: unknown; options: object }): Promise<unknown>;
}

declare module "jsonld/lib/toRdf.js" {
  export interface Term {
    readonly termType: string;
    readonly value: string;
    readonly datatype?: { readonly value: string };
    readonly language?: string;
  }
  export interface Quad {
    readonly subject: Term;
    readonly predicate: Term;
    readonly object: Term;
    readonly graph: Term;
  }
  export function toRDF(expanded: unknown, options: object): Quad[];
}

declare module "rdf-canonize/lib/IdentifierIssuer.js" {
  const IdentifierIssuer: unknown;
  export default IdentifierIssuer;
}

declare module "rdf-canonize/lib/RDFC10Sync.js" {
  interface Digest {
    update(text: string): void;
    digest(): string;
  }
  export default class RDFC10Sync {
    constructor(options: { createMessageDigest: () => Digest; maxWorkFactor: number });
    main(dataset: readonly unknown[]): string;
  }
}
