import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = join(__dirname, '../../src/modules');

/** Commands that only one of the two takes, each with its reason. */
const PAGES_ONLY: Record<string, string> = {
  ContactSoFar: 'a form that is not sent yet, and goes on as a longer one; a program has no form',
  LookForContact: 'the same, while somebody is looked for; a program looks for people where they are',
  LogContactForm: 'LogContact, with what was looked for on its page, which is not kept',
  FindEmployer: 'the first half of a form without script; a program looks for employers where they are',
  ChangePassword: 'a token cannot make what would outlive it',
  SetPassword: 'a one-time link opens a page; a program has no password',
  SignIn: 'a program comes with a token and has no session',
};
const API_ONLY: Record<string, string> = {
  LogContact: 'the page sends it as LogContactForm, with what was looked for beside it',
};

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}
const inputsOf = (ending: string): Set<string> => new Set([...filesBelow(MODULES)].filter((file) => file.endsWith(ending)).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/@Input\((\w+)\)/g)].map(([, name]) => name!)));

describe('what can be done in the pages can be done through the API', () => {
  const [pages, api] = [inputsOf('.pages.ts'), inputsOf('.api.ts')];

  it('with the same commands, but those that are listed with their reason', () => {
    expect([...pages].filter((name) => !api.has(name)).sort()).toEqual(Object.keys(PAGES_ONLY).sort());
    expect([...api].filter((name) => !pages.has(name)).sort()).toEqual(Object.keys(API_ONLY).sort());
    expect([...Object.values(PAGES_ONLY), ...Object.values(API_ONLY)].every((reason) => reason.length > 20)).toBe(true);
  });

  it('and no handler reads a body that no command describes', () => {
    const reading = [...filesBelow(MODULES)].filter((file) => /\.(pages|api)\.ts$/.test(file) && /@Body\(|request\.body|@Query\(/.test(readFileSync(file, 'utf8')));
    expect(reading).toEqual([]);
  });
});
