// Bundles what runs in the reader's browser: node build.mjs FOLDER CONTEXTS, after tools/scripts.py wrote contexts/.
//
// A new script is one line in BUNDLES. The same sources and lock file give the same bytes on every machine.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));

/** The published scripts: file name in dist/ without ".js", and where its source begins. */
export const BUNDLES = {
  verify: "src/plate/main.ts",
  verifier: "src/verifier/main.ts",
  check: "src/check/main.ts",
  print: "src/print/main.ts",
  holder: "src/holder/main.ts",
  theme: "src/theme/main.ts",
  site: "src/site/main.ts",
  search: "src/search/main.ts",
  browse: "src/browse/main.ts",
};

/** The JSON-LD contexts, from bytes that still have the digest they were written with. */
const contexts = (folder) => ({
  name: "contexts",
  setup(builder) {
    builder.onResolve({ filter: /^badgepress:contexts$/ }, () => ({ path: "contexts", namespace: "contexts" }));
    builder.onLoad({ filter: /.*/, namespace: "contexts" }, () => ({ contents: contextModule(folder), loader: "json" }));
  },
});

function contextModule(folder) {
  const found = {};
  for (const { url, file, sha256 } of JSON.parse(readFileSync(join(folder, "index.json"), "utf8"))) {
    const bytes = readFileSync(join(folder, file));
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
      throw new Error(`contexts/${file} is not the pinned file; run: make scripts`);
    }
    found[url] = JSON.parse(bytes.toString("utf8"));
  }
  return JSON.stringify(found);
}

/** jsonld wants one small class of rdf-canonize, and rdf-canonize a hash that we give it: not their whole packages. */
const lean = {
  name: "lean",
  setup(builder) {
    const ours = join(HERE, "src/verify/lean");
    builder.onResolve({ filter: /^rdf-canonize$/ }, () => ({ path: join(ours, "rdf-canonize.ts") }));
    builder.onResolve({ filter: /^\.\/MessageDigest$/ }, () => ({ path: join(ours, "message-digest.ts") }));
  },
};

/** jsonld's faults are told by their code: its long messages reach nobody, and every reader would load them. */
const terse = {
  name: "terse",
  setup(builder) {
    builder.onLoad({ filter: /node_modules[\\/]jsonld[\\/]lib[\\/]\w+\.js$/ }, ({ path }) => {
      const [head, ...rest] = readFileSync(path, "utf8").split("new JsonLdError(");
      return { contents: [head, ...rest.map((text) => `''${text.slice(endOfArgument(text))}`)].join("new JsonLdError("), loader: "js" };
    });
  },
};

/** Return where the first argument of a call ends, given what follows its opening bracket. */
function endOfArgument(text) {
  // A string is one step, whatever signs stand in it.
  const steps = text.matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|[([{]|[)\]}]|,/g);
  let depth = 0;
  for (const { 0: step, index } of steps) {
    if ("([{".includes(step)) depth += 1;
    else if (")]}".includes(step)) depth -= 1;
    if (depth < 0 || (step === "," && depth === 0)) return index;
  }
  throw new Error("a call of JsonLdError has no end");
}

/** Bundle one entry and return esbuild's result; nothing is written. */
export function bundle(entry, more = {}, folder = join(HERE, "contexts")) {
  return build({
    absWorkingDir: HERE,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2020",
    charset: "ascii",
    legalComments: "none",
    banner: { js: "/*! badgepress, Apache-2.0; see LICENSES.txt */" },
    plugins: [contexts(folder), lean, terse],
    logLevel: "warning",
    ...more,
  });
}

/** The npm packages that a bundle holds, as folders. */
function packagesIn(metafile) {
  const found = Object.entries(metafile.inputs)
    .map(([path]) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean);
  return [...new Set(found)];
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(HERE, folder, "package.json"), "utf8"));
  const file = readdirSync(join(HERE, folder)).find((entry) => /^licen[sc]e/i.test(entry));
  if (!file) throw new Error(`${name} carries no licence text`);
  const text = readFileSync(join(HERE, folder, file), "utf8").replace(/\r\n/g, "\n").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}

async function main(folder, contextFolder) {
  mkdirSync(folder, { recursive: true });
  const packages = new Set();
  const sizes = {};
  for (const [name, entry] of Object.entries(BUNDLES)) {
    if (!existsSync(join(HERE, entry))) throw new Error(`${entry} of the bundle ${name} is not there`);
    const { outputFiles, metafile } = await bundle(entry, {}, contextFolder);
    const bytes = outputFiles[0].contents;
    writeFileSync(join(folder, `${name}.js`), bytes);
    sizes[`${name}.js`] = { bytes: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
    packagesIn(metafile).forEach((found) => packages.add(found));
  }
  const licences = [...packages].sort().map(licenceOf).join(`\n${"-".repeat(72)}\n\n`);
  writeFileSync(join(folder, "LICENSES.txt"), licences);
  console.log(JSON.stringify(sizes));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (!process.argv[2]) throw new Error(`usage: node ${relative(process.cwd(), process.argv[1])} FOLDER [CONTEXTS]`);
  await main(process.argv[2], process.argv[3]);
}
