/**
 * Build the browser's files into app/static/built: one bundle for each entry point, the style
 * sheets and the checker as one file, named by their content, with hashes in manifest.json and
 * compressed copies beside them. The same sources give the same bytes. A site that runs from the
 * build before goes on: its files stay until the next one, and what has not changed is not touched.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { compile } from 'sass';

const SCRIPTS = [
  'agenda', 'banner', 'booth', 'card', 'ceremony', 'commission_count', 'count_worker', 'evening',
  'hall', 'key_points', 'live', 'notes', 'paper', 'part', 'passkey', 'print_cards',
  'print_spares', 'receipt', 'recount', 'recount_worker', 'table', 'tablet', 'voting_code',
];
/** What makes keys, casts, opens or checks: its hashes belong in the log. */
const LOGGED = [
  'banner.js', 'booth.js', 'card.js', 'ceremony.js', 'checker.html', 'commission_count.js',
  'count_worker.js', 'evening.js', 'key_points.js', 'paper.js', 'receipt.js', 'recount.js',
  'recount_worker.js', 'tablet.js',
];
const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const target = process.argv[2] ?? `${root}app/static/built`;
const browsers = ['chrome111', 'firefox114', 'safari16.4'];

/** @param {string} name such as booth.js or style.css */
async function bundle(name) {
  const result = await build({
    entryPoints: [`${here}${name}`],
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'eof',
    sourcemap: false,
    logLevel: 'warning',
  });
  return result.outputFiles[0].text;
}

/** Nothing may be fetched by a style sheet: no fonts, no foreign hosts. @param {string} css */
async function minify(css) {
  const { code } = await transform(css, { loader: 'css', minify: true, target: browsers });
  const fetched = code.match(/@font-face|@import|url\((?!["']?data:)[^)]*\)/);
  if (fetched) throw new Error(`style sheet would fetch ${fetched[0]}`);
  return code;
}

function kernStyles() {
  return compile(`${here}kern.scss`, {
    loadPaths: [`${root}node_modules`], quietDeps: true, silenceDeprecations: ['if-function'],
  }).css;
}

/** @param {string} text */
function policyHash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The checker with script and style inside; its own policy keeps it from any network. */
async function savedChecker() {
  const source = `${here}checker/saved`;
  const script = await bundle('checker/saved.js');
  const style = await minify(await bundle('checker/saved.css'));
  if (/<\/(?:script|style)/i.test(script + style)) throw new Error('the page would end early');
  const parts = new Map([
    ['policy', `default-src 'none'; script-src ${policyHash(script)}; `
      + `style-src ${policyHash(style)}; base-uri 'none'; form-action 'none'`],
    ['style', style],
    ['script', script],
  ]);
  const page = await readFile(`${source}.html`, 'utf8');
  return page.replace(/\{(policy|style|script)\}/g, (_, part) => parts.get(part) ?? '');
}

/** @param {string} file @param {Buffer} bytes */
async function write(file, bytes) {
  const present = await readFile(`${target}/${file}`).catch(() => null);
  if (!present?.equals(bytes)) await writeFile(`${target}/${file}`, bytes);
}

/** @param {string} name such as booth.js @param {string} text */
async function store(name, text) {
  const bytes = Buffer.from(text);
  const [stem, extension] = name.split('.');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = `${stem}-${sha256.slice(0, 12)}.${extension}`;
  const integrity = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await write(file, bytes);
  await write(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  await write(`${file}.br`, brotliCompressSync(bytes, quality));
  return [name, { file, integrity, sha256, logged: LOGGED.includes(name) }];
}

/** @param {string} manifest @returns {string[]} */
function filesOf(manifest) {
  return Object.values(JSON.parse(manifest)).map(({ file }) => file);
}

/** What builds before the last one left behind. @param {string[]} kept */
async function removeOthers(kept) {
  const lawful = new Set(['manifest.json', ...kept.flatMap((file) => (
    [file, `${file}.gz`, `${file}.br`]
  ))]);
  const others = (await readdir(target)).filter((file) => !lawful.has(file));
  await Promise.all(others.map((file) => rm(`${target}/${file}`, { recursive: true })));
}

const files = [
  ...await Promise.all(SCRIPTS.map(async (name) => [`${name}.js`, await bundle(`${name}.js`)])),
  ['checker.html', await savedChecker()],
  ['kern.css', await minify(kernStyles())],
  ...await Promise.all(['hall.css', 'style.css'].map(async (name) => (
    [name, await minify(await bundle(name))]
  ))),
];
await mkdir(target, { recursive: true });
const entries = await Promise.all(files.map(([name, text]) => store(name, text)));
const manifest = `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`;
const before = await readFile(`${target}/manifest.json`, 'utf8').catch(() => '{}');
if (manifest !== before) {
  await writeFile(`${target}/manifest.json`, manifest);
  await removeOthers([...filesOf(manifest), ...filesOf(before)]);
}
