// Makes everything in dist/: `node esbuild.js [--production] [--watch] [--only=webview] [--out=FOLDER]`
// (`--only`: bundles whose name begins so). One list of bundles, each with its byte budget.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const dist = resolve(root, option("out") ?? "dist");
const production = process.argv.includes("--production");
const watching = process.argv.includes("--watch");
const only = option("only") ?? "";

/**
 * Every bundle. A bundle whose `source` another one imports dynamically is not copied into it but loaded from its own
 * file at that moment, so one more line here makes one more thing lazy.
 * `budget`: kilobytes (1000 bytes) a production build may have.
 */
const BUNDLES = [
  { name: "extension.cjs", source: "src/extension.ts", kind: "editor", budget: 200 },
  { name: "host.cjs", source: "src/vscode/host.ts", kind: "editor", budget: 1000 },
  { name: "cli.cjs", source: "src/cli.ts", kind: "program", budget: 5 },
  { name: "cli-main.cjs", source: "src/cli-main.ts", kind: "node", budget: 1000 },
  { name: "sandbox.cjs", source: "src/node/sandbox/sandbox.ts", kind: "node", budget: 100 },
  { name: "mcp.cjs", source: "src/terminal/mcp-server.ts", kind: "node", budget: 700 },
  { name: "anthropic.cjs", source: "@anthropic-ai/sdk", kind: "node", budget: 500 },
  { name: "bedrock.cjs", source: "@anthropic-ai/bedrock-sdk", kind: "node", budget: 1200 },
  { name: "vertex.cjs", source: "@anthropic-ai/vertex-sdk", kind: "node", budget: 850 },
  { name: "foundry.cjs", source: "@anthropic-ai/foundry-sdk", kind: "node", budget: 550 },
  { name: "redis.cjs", source: "@redis/client", kind: "node", budget: 550 },
  { name: "undici.cjs", source: "undici", kind: "node", budget: 700 },
  { name: "iconv-lite.cjs", source: "iconv-lite", kind: "node", budget: 550 },
  { name: "yaml.cjs", source: "yaml", kind: "node", budget: 150 },
  { name: "smells.cjs", source: "src/smells/engine.ts", kind: "node", budget: 90 },
  // All refactorings and what they know of languages: some 10 kB each, loaded off the main thread when one is asked for.
  { name: "syntax-worker.cjs", source: "src/syntax-worker.ts", kind: "node", budget: 800 },
  { name: "index-worker.cjs", source: "src/index-worker.ts", kind: "node", budget: 60 },
  { name: "parse-worker.cjs", source: "src/parse-worker.ts", kind: "node", budget: 200 },
  // With TypeScript's compiler in it, which nothing else loads.
  { name: "type-worker.cjs", source: "src/type-worker.ts", kind: "node", budget: 3700 },
  { name: "webview/main.js", source: "webview/main.ts", kind: "page", budget: 450 },
  { name: "webview/models.js", source: "webview/models/main.ts", kind: "page", budget: 250 },
  { name: "webview/models.css", source: "webview/style/models-page.css", kind: "page", budget: 20 },
  { name: "webview/main.css", source: "webview/style/main.css", kind: "page", budget: 60 },
  { name: "test/vscode/index.cjs", source: "test/vscode/index.ts", kind: "test", budget: undefined },
];

// The directive first: behind the constant it would be a mere string.
const importMetaUrl =
  '"use strict"; const importMetaUrl = require("node:url").pathToFileURL(__filename).href;';

/** Options of each kind of bundle beyond those common to all. */
const KINDS = {
  editor: { ...forNode(), external: ["vscode"] },
  node: { ...forNode(), plugins: [] },
  program: { ...forNode(), banner: { js: `#!/usr/bin/env node\n${importMetaUrl}` } },
  // Never minified: what fails in it has to be read.
  test: { ...forNode(), external: ["vscode"], packages: "external", minify: false },
  page: { platform: "browser", format: "iife", target: "chrome128" },
};

/** The value of `--name=value` on the command line. */
function option(name) {
  return process.argv.find((it) => it.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function forNode() {
  return {
    platform: "node",
    format: "cjs",
    target: "node20",
    // Some packages' main file is a wrapper that esbuild cannot see through; their ES module is plain.
    mainFields: ["module", "main"],
    // In a CommonJS bundle `import.meta` is empty; web-tree-sitter and our workers find their files by it.
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: importMetaUrl },
    // Written as `require`, which the extension host loads faster and which works in every host.
    supported: { "dynamic-import": false },
    // Its ES module declares a `require` of its own, which hides the one that dynamic imports have become.
    alias: { "web-tree-sitter": createRequire(import.meta.url).resolve("web-tree-sitter") },
  };
}

function optionsOf(bundle) {
  const kind = KINDS[bundle.kind];
  const plugins = bundle.kind === "page" ? [] : [separately(bundle)];
  if (bundle.kind === "node" || bundle.kind === "program") plugins.unshift(withoutEditor(bundle));
  return {
    absWorkingDir: root,
    entryPoints: [bundle.source],
    outfile: join(dist, bundle.name),
    bundle: true,
    minify: production,
    sourcemap: production ? false : "linked",
    legalComments: production ? "none" : "inline",
    metafile: true,
    logLevel: "warning",
    // A file that says `node:` or `vscode` in the page would end in the page: let it fail here.
    ...kind,
    plugins,
  };
}

/** Only the editor's bundles may say `vscode`. */
function withoutEditor({ name }) {
  return {
    name: "without-editor",
    setup(it) {
      it.onResolve({ filter: /^vscode$/ }, ({ importer }) => ({
        errors: [
          { text: `${name} runs without an editor, but ${relative(root, importer)} imports "vscode"` },
        ],
      }));
    },
  };
}

/** Dynamic imports of another bundle's source become a `require` of that bundle. */
function separately({ name }) {
  const others = BUNDLES.filter((it) => it.name !== name && it.name.endsWith(".cjs"));
  return {
    name: "separately",
    setup(it) {
      it.onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const asked = path.startsWith(".") ? relative(root, resolve(resolveDir, path)) : path;
        const other = others.find(({ source }) => source === asked);
        if (!other) return undefined;
        const beside = `./${relative(dirname(name), other.name).replaceAll("\\", "/")}`;
        return { path: beside, namespace: path.startsWith(".") ? "own" : "package", pluginData: path };
      });
      it.onResolve({ filter: /\.cjs$/, namespace: "own" }, external);
      it.onResolve({ filter: /\.cjs$/, namespace: "package" }, external);
      it.onLoad({ filter: /./, namespace: "own" }, ({ path }) => ({
        contents: `module.exports = require("${path}");`,
      }));
      it.onLoad({ filter: /./, namespace: "package" }, async ({ path, pluginData }) => ({
        contents: moduleOf(path, Object.keys(await import(pluginData))),
      }));
    },
  };
}

function external({ path }) {
  return { path, external: true };
}

/**
 * An ES module over a CommonJS bundle: `default` stays the package's own default export, which plain interop loses;
 * of a package that has none, it is the package. Names that are no identifiers are Node's own additions.
 */
function moduleOf(path, names) {
  const exported = names
    .filter((name) => /^[\w$]+$/.test(name))
    .map((name) =>
      name === "default" ? "export default it.default ?? it;" : `export const ${name} = it.${name};`,
    );
  return `const it = require("${path}");\n${exported.join("\n")}`;
}

/** Removes what an earlier build left, grammars excepted: they change rarely and cost a second. */
function clean() {
  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist)) {
    if (/\.(cjs|map)$/.test(name) || name === "webview") rmSync(join(dist, name), { recursive: true });
  }
}

/** Has the grammars normalised into dist/grammars, unless those there are newer than what they come from. */
function grammars() {
  const script = join(root, "scripts/normalise-grammars.ts");
  if (!existsSync(script)) return;
  const sources = [script, createRequire(import.meta.url).resolve("tree-sitter-wasms/package.json")];
  const folder = join(root, "dist/grammars");
  const made = existsSync(folder) ? readdirSync(folder).map((it) => statSync(join(folder, it)).mtimeMs) : [];
  if (made.length > 0 && sources.every((it) => statSync(it).mtimeMs <= Math.min(...made))) return;
  const { status } = spawnSync(nodeForTypeScript(), [script], { cwd: root, stdio: "inherit" });
  if (status !== 0)
    throw new Error("scripts/normalise-grammars.ts failed; without it no language can be parsed");
}

/** Copies what TypeScript's compiler knows of the language and the page to dist/typescript, unless it is there. */
function typeLibraries() {
  const from = dirname(createRequire(import.meta.url).resolve("typescript-js"));
  const to = join(dist, "typescript");
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((it) => /^lib\..*d\.ts$/.test(it))) {
    const [source, copy] = [join(from, name), join(to, name)];
    if (!existsSync(copy) || statSync(copy).mtimeMs < statSync(source).mtimeMs) copyFileSync(source, copy);
  }
}

/** A Node that runs TypeScript as it is (22.18 or newer): this one, or the one installed as a package. */
function nodeForTypeScript() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return join(root, "node_modules/.bin", process.platform === "win32" ? "node.cmd" : "node");
}

/** Writes down the folders of the packages that are in the bundles which ship: their licences want to be told. */
function tellPackages(results) {
  const folders = new Set();
  for (const [index, { value }] of results.entries()) {
    if (BUNDLES[index].kind === "test" || !value) continue;
    for (const input of Object.keys(value.metafile.inputs)) {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
      if (folder) folders.add(folder);
    }
  }
  writeFileSync(join(dist, "packages.json"), JSON.stringify([...folders].sort()));
}

/** Prints what each bundle weighs; in a production build one over its budget fails the build. */
function weigh(bundles) {
  let over = 0;
  for (const { name, budget } of bundles) {
    const size = statSync(join(dist, name)).size / 1000;
    const tooBig = production && budget !== undefined && size > budget;
    if (tooBig) over++;
    const limit = budget === undefined ? "" : ` of ${budget}`;
    console.log(`${tooBig ? "✗" : " "} ${name.padEnd(24)} ${size.toFixed(0).padStart(6)}${limit} kB`);
  }
  if (over > 0)
    throw new Error(`${over} bundle(s) over budget: load something lazily, or raise the budget and say why`);
}

async function main() {
  const bundles = BUNDLES.filter(({ name }) => name.startsWith(only));
  if (only === "") {
    clean();
    grammars();
    typeLibraries();
  }
  if (watching) {
    for (const bundle of bundles) await (await context(optionsOf(bundle))).watch();
    console.log("Watching. Ctrl+C ends.");
    return;
  }
  // All are tried, so that one run shows all that is wrong.
  const results = await Promise.allSettled(bundles.map((it) => build(optionsOf(it))));
  const made = bundles.filter((_, index) => results[index].status === "fulfilled");
  weigh(made);
  if (only === "") tellPackages(results);
  const failed = results.find((it) => it.status === "rejected");
  if (failed) throw failed.reason;
}

main().catch((failure) => {
  // esbuild has already printed its own messages.
  if (!failure.errors) console.error(failure.message);
  process.exitCode = 1;
});
