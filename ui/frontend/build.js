// Bundles the script and the style sheet of each component into dist/. With --check, only compares dist/ with the sources.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");

/** Entry points by the names of their bundles. Each component is a folder; these have several scripts: */
const OTHER_SCRIPTS = [
  "training_stage/feed.js", "softmax_views/steps.js", "softmax_views/geometry.js", "softmax_views/jacobian.js",
  "softmax_views/derivation.js",
];
const entries = new Map(OTHER_SCRIPTS.map((path) => [path.replace("/", "_"), path]));
for (const path of readdirSync(join(HERE, "src"), { recursive: true, encoding: "utf8" })) {
  const [folder, file, ...rest] = path.split("/");
  if (rest.length || folder === "shared") continue;
  if (["index.js", "style.css", "template.html"].includes(file)) entries.set(folder + extname(file), path);
}

/** @type {[string, string][]} Names and texts */
const bundles = await Promise.all(
  [...entries].map(async ([name, path]) => [name, name.endsWith(".html") ? read(join(HERE, "src", path)) : await bundled(path)]),
);

if (process.argv.includes("--check")) {
  const stale = bundles.filter(([name, text]) => text !== read(join(DIST, name))).map(([name]) => name);
  const extra = readdirSync(DIST).filter((name) => !bundles.some(([bundle]) => bundle === name));
  if (stale.length || extra.length) {
    console.error(`dist/ differs from src/: ${[...stale, ...extra].join(", ")}. Run \`make frontend\` and commit dist/.`);
    process.exitCode = 1;
  }
} else {
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST);
  for (const [name, text] of bundles) writeFileSync(join(DIST, name), text);
}

/** @param {string} path */
async function bundled(path) {
  const banner = `/* Bundle of src/${path} */`; // also needed by Streamlit, which takes a text of one line for a file name
  const { outputFiles } = await build({
    entryPoints: [join(HERE, "src", path)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: { js: banner, css: banner },
    write: false,
  });
  return outputFiles[0].text;
}

/** @param {string} path */
function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
