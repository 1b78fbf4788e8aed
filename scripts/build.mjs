// Compiles what is newer than its result: src and bench into dist, with the SQL and JSON beside the code. A no-op takes some milliseconds.
// --quiet says nothing, --code leaves the style sheets and scripts of the pages alone.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, extname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const quiet = process.argv.includes('--quiet');
const COPIED = ['.sql', '.json'];
const began = Date.now();

const filesOf = (folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const ageOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
// A change of the compiler's settings or of this script makes everything old.
const settings = Math.max(...['.swcrc', 'package-lock.json', 'scripts/build.mjs'].map((file) => ageOf(join(root, file))));

const wanted = new Map();
for (const [folder, into] of [['src', ''], ['bench', 'bench']]) {
  for (const file of filesOf(join(root, folder))) {
    const target = join(dist, into, relative(join(root, folder), file));
    if (file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.endsWith('.d.ts')) wanted.set(target.replace(/\.ts$/, '.js'), { file, bench: folder === 'bench' });
    else if (COPIED.includes(extname(file))) wanted.set(target, { file, copied: true });
  }
}

const stale = [...wanted].filter(([target, { file }]) => ageOf(target) <= Math.max(ageOf(file), settings));
if (stale.length > 0) {
  const { transformFile } = await import('@swc/core');
  const slow = setTimeout(() => { if (!quiet) console.log('compiling …'); }, 1000);
  await Promise.all(stale.map(async ([target, { file, copied, bench }]) => {
    mkdirSync(dirname(target), { recursive: true });
    if (copied) return copyFileSync(file, target);
    const { code, map } = await transformFile(file, { configFile: join(root, '.swcrc'), sourceMaps: true });
    // In dist, bench is inside what src became.
    writeFileSync(target, `${bench ? code.replaceAll('"../src/', '"../') : code}\n//# sourceMappingURL=${target.split(/[\\/]/).at(-1)}.map\n`);
    writeFileSync(`${target}.map`, map);
  }));
  clearTimeout(slow);
}
// A file that was renamed or removed must not go on living here.
const gone = filesOf(dist).filter((file) => !wanted.has(file.replace(/\.map$/, '')));
for (const file of gone) rmSync(file);
if (!quiet && stale.length > 0) console.log(`compiled ${stale.length} files in ${((Date.now() - began) / 1000).toFixed(1)} s`);

const assets = join(root, 'scripts', 'assets.mjs');
if (existsSync(assets) && !process.argv.includes('--code')) {
  const made = spawnSync(process.execPath, [assets, ...(quiet ? ['--quiet'] : [])], { cwd: root, stdio: 'inherit' });
  if (made.status !== 0) process.exit(made.status ?? 1);
}
