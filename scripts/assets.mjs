// Makes what the browser gets: one style sheet, one script, one sprite, the fonts; names carry their content, so that they may be kept for ever.
// Does nothing when no source has changed. `--quiet` says nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, 'templates', 'assets');
const built = join(sources, 'built');
const quiet = process.argv.includes('--quiet');
const { resolve } = createRequire(import.meta.url);
const fonts = dirname(resolve('@fontsource/atkinson-hyperlegible-next/package.json'));
const library = dirname(resolve('govuk-frontend/package.json'));

const FONTS = [400, 600].flatMap((weight) => ['latin', 'latin-ext'].map((part) => `atkinson-hyperlegible-next-${part}-${weight}-normal.woff2`));

/** Every source with its content, and the versions of the packages: the same, and what is built stands. */
function fingerprint() {
  const hash = createHash('sha256');
  const files = ['styles', 'scripts', 'images'].flatMap((folder) => readdirSync(join(sources, folder)).sort().map((name) => join(sources, folder, name)));
  for (const file of [...files, fileURLToPath(import.meta.url), join(library, 'package.json'), join(fonts, 'package.json')]) {
    hash.update(relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const named = (name, content) => name.replace(/(\.[^.]+)$/, `.${createHash('sha256').update(content).digest('hex').slice(0, 10)}$1`);

/** Writes a file under the name of its content, and for text its compressed forms beside it. */
function put(folder, manifest, name, content) {
  const bytes = Buffer.from(content);
  const kept = named(name, bytes);
  writeFileSync(join(folder, kept), bytes);
  manifest[name] = kept;
  if (name.endsWith('.woff2')) return;
  writeFileSync(join(folder, `${kept}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  writeFileSync(join(folder, `${kept}.gz`), gzipSync(bytes, { level: 9 }));
}

const minified = (svg) => svg.replace(/>\s+</g, '><').trim();

async function make(folder) {
  const sass = await import('sass');
  const manifest = {};
  for (const font of FONTS) put(folder, manifest, font, readFileSync(join(fonts, 'files', font)));
  for (const image of readdirSync(join(sources, 'images')).sort()) put(folder, manifest, image, minified(readFileSync(join(sources, 'images', image), 'utf8')));
  for (const script of readdirSync(join(sources, 'scripts')).sort()) put(folder, manifest, script, readFileSync(join(sources, 'scripts', script)));
  const { css } = sass.compile(join(sources, 'styles', 'app.scss'), { style: 'compressed', loadPaths: [join(library, 'dist')], quietDeps: true });
  put(folder, manifest, 'app.css', css.replace(/url\("?([\w.-]+\.woff2)"?\)/g, (_, name) => `url(${manifest[name]})`));
  return manifest;
}

const print = fingerprint();
const stamp = join(built, 'stamp');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) process.exit(0);

const started = process.hrtime.bigint();
const making = `${built}.${process.pid}`;
rmSync(making, { recursive: true, force: true });
mkdirSync(making, { recursive: true });
const manifest = await make(making);
writeFileSync(join(making, 'manifest.json'), JSON.stringify(manifest, null, 2));
writeFileSync(join(making, 'stamp'), print);
try {
  rmSync(built, { recursive: true, force: true });
  renameSync(making, built);
} catch (error) {
  // Another run has just put the same in place.
  rmSync(making, { recursive: true, force: true });
  if (readFileSync(stamp, 'utf8') !== print) throw error;
}
if (!quiet) {
  const sizes = Object.values(manifest).map((name) => [name, statSync(join(built, existsSync(join(built, `${name}.br`)) ? `${name}.br` : name)).size]);
  for (const [name, size] of sizes) console.log(`${String(size).padStart(7)}  ${name}`);
  console.log(`assets made in ${Number((process.hrtime.bigint() - started) / 1_000_000n)} ms`);
}
