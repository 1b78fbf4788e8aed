import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../src/platform/access/actor';
import type { Views } from '../../src/platform/views/views';
import { galleryFolder, MODELS } from './gallery';
import { shellOf } from './sample';

const root = join(__dirname, '..', '..');
let folder: string;
let views: Views;

beforeAll(() => {
  folder = galleryFolder(root);
  process.chdir(folder);
  // The folder of the templates is the one the process stands in when the engine is read.
  const engine = jest.requireActual<typeof import('../../src/platform/views/views')>('../../src/platform/views/views');
  const { Words } = jest.requireActual<typeof import('../../src/platform/views/words')>('../../src/platform/views/words');
  views = new engine.Views(Words.load());
});
afterAll(() => {
  process.chdir(root);
  rmSync(folder, { recursive: true, force: true });
});

describe('every partial, in pages like those to come', () => {
  const pages = [...Object.entries(MODELS).map(([name, model]) => [`gallery/${name}`, model] as const), ['platform/menu', {}] as const,
    ['problems/problem', { status: 404, code: 'not-found', values: {}, details: {}, errors: [], requestId: '8K2-Q41' }] as const];

  it.each(pages)('%s is drawn in three languages', (name, model) => {
    for (const language of LANGUAGES) {
      const html = views.render(name, model, shellOf({ language, layout: name.endsWith('sign-in') ? 'portal' : 'app', path: name.endsWith('caseload') ? '/caseload?due=30&page=2' : '/today' }));
      expect(html).not.toMatch(/undefined|\[object|NaN|<b>/);
      expect(duplicates([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]!))).toEqual([]);
      expect([...html.matchAll(/aria-(?:labelledby|describedby|controls)="([^"]*)"/g)].flatMap((match) => match[1]!.split(' ')).filter((id) => !html.includes(`id="${id}"`))).toEqual([]);
      keep(`${name.replace('/', '-')}.${language}.html`, html);
    }
  });
});

const duplicates = (ids: string[]): string[] => ids.filter((id, index) => ids.indexOf(id) !== index);

/** `JALON_LOOK=folder` keeps the pages, to look at them. */
function keep(name: string, html: string): void {
  const look = process.env.JALON_LOOK;
  if (!look) return;
  mkdirSync(look, { recursive: true });
  writeFileSync(join(look, name), html);
}
