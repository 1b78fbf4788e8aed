import express from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import type { Language } from '../../src/platform/access/actor';
import { Assets, compressedBeforehand } from '../../src/platform/views/assets';
import { choices, fieldState, valueOf } from '../../src/platform/views/forms';
import { currentOf, helpers, pagesAround } from '../../src/platform/views/helpers';
import { escapeHtml, safeUrl, withQuery } from '../../src/platform/views/html';
import { dayInWords, durationInWords, instantInWords, listInWords, numberInWords, relativeInWords } from '../../src/platform/views/locales';
import { compileOptions, parsed, strictHandlebars } from '../../src/platform/views/strict';
import { Views } from '../../src/platform/views/views';
import { typeset, Words } from '../../src/platform/views/words';
import { shellOf } from './sample';

const words = Words.load();
const views = new Views(words);
const nbsp = '\u00A0';

/** A template of one line, drawn as a page. */
function draw(source: string, model: object = {}, more: Parameters<typeof shellOf>[0] = {}): string {
  const instance = strictHandlebars();
  const known = helpers(words, Assets.load());
  instance.registerHelper(known);
  instance.registerPartial('inner', instance.compile(parsed('{{#if hint}}{{hint}}{{else}}none{{/if}}', false), compileOptions(Object.keys(known))));
  return instance.compile(parsed(source, true), compileOptions(Object.keys(known)))(model, { allowProtoPropertiesByDefault: false, data: { shell: shellOf(more), page: {}, module: 'platform' } });
}

describe('the frame of a page', () => {
  it('names page and product, in the language of the reader', () => {
    const html = views.render('platform/help', {}, shellOf({ language: 'fr' }));
    expect(html).toContain('<title>Aide – Jalon</title>');
    expect(html).toContain('<html lang="fr"');
  });

  it('says first that something is wrong', () => {
    expect(views.render('platform/help', { form: { errors: [{ path: 'a', message: 'b' }] } }, shellOf())).toContain(`<title>Erreur${nbsp}: Aide – Jalon</title>`);
  });

  it('has the navigation of who is signed in, and none for a stranger', () => {
    expect(views.render('platform/help', {}, shellOf())).toContain('jalon-sidenav');
    expect(views.render('platform/help', {}, shellOf({ layout: 'portal', user: null, navigation: [] }))).not.toContain('jalon-sidenav');
  });

  it('offers the other languages at the same address', () => {
    expect(views.render('platform/help', {}, shellOf({ path: '/caseload?late=on&page=2' }))).toContain('href="/caseload?late&#x3D;on&amp;page&#x3D;2&amp;lang&#x3D;es"');
  });

  it('marks the entry that the page belongs to', () => {
    const shell = shellOf({ path: '/caseload/export?x=1' });
    expect(currentOf(shell, {})).toBe('/caseload');
    expect(currentOf(shell, { nav: '/today' })).toBe('/today');
    expect(currentOf(shell, { nav: null })).toBeNull();
    expect(currentOf(shellOf({ path: '/todayish' }), {})).toBeNull();
  });

  it('fails on a template that is not there', () => {
    expect(() => views.render('nowhere/page', {}, shellOf())).toThrow('nowhere/page');
  });
});

describe('templates are severe', () => {
  it.each(['{{missing}}', '{{#if missing}}x{{/if}}', '{{concat missing}}', '{{a.missing}}', '{{#each list as |one|}}{{one.missing}}{{/each}}', '{{#each missing}}x{{/each}}'])('%s throws', (source) => {
    expect(() => draw(source, { a: {}, list: [{}] })).toThrow(/missing/);
  });

  it('accept null', () => {
    expect(draw('[{{a}}{{#if a}}x{{/if}}]', { a: null })).toBe('[]');
  });

  it('refuse a helper that does not exist', () => {
    expect(() => draw('{{nosuch "a"}}')).toThrow(/nosuch/);
  });

  it('show a partial its parameters, and nothing of the page', () => {
    expect(draw('{{> inner}}{{> inner hint=hint}}', { hint: 'page' })).toBe('nonepage');
  });

  it('do not reach into classes', () => {
    class Entity { get secret(): string { return 'secret'; } }
    expect(draw('{{thing.secret}}', { thing: new Entity() })).toBe('');
  });

  it('escape everything', () => {
    const evil = '"><script>alert(1)</script>';
    for (const source of ['{{x}}', '<a href="{{safeUrl x}}">', '{{t "platform.outOf" n=1 total=x}}', '{{rich "platform.track.now" position=1 total=2 current=x}}', '{{breadcrumbs x x}}', '{{#post x}}{{/post}}', '{{#filter x label=x}}{{/filter}}', '{{icon x}}', '{{loadBar 1 2 x}}']) {
      expect(draw(source, { x: evil })).not.toContain('<script');
    }
  });
});

describe('forms', () => {
  const form = { values: { name: 'Awa', 'bornOn-day': '31', 'bornOn-month': '2', 'bornOn-year': '', rows: [{ kind: 'b' }], on: '2026-05-01' }, errors: [{ path: 'bornOn', message: 'No such day' }] };

  it('carry the token, the key and the version', () => {
    const html = draw('{{#post "/a" form=form}}x{{/post}}', { form: { values: { version: 4 }, errors: [] } });
    expect(html).toContain('name="_token" value="token"');
    expect(html).toContain('name="_key" value="01993f6e-0000-7000-8000-000000000001"');
    expect(html).toContain('name="version" value="4"');
  });

  it('show again what was typed, even a day that does not exist', () => {
    expect(fieldState(form, 'bornOn', { hint: 'x' })).toMatchObject({ id: 'bornOn', day: '31', month: '2', year: '', error: 'No such day', describedBy: 'bornOn-hint bornOn-error' });
    expect(fieldState(form, 'on', {})).toMatchObject({ day: '1', month: '5', year: '2026', error: null, describedBy: null });
    expect(fieldState(null, 'name', { value: 3 })).toMatchObject({ value: '3' });
  });

  it('find nested values by their path', () => {
    expect(valueOf(form, 'rows.0.kind')).toBe('b');
    expect(valueOf(form, 'rows.1.kind')).toBeNull();
    expect(valueOf(form, '__proto__')).toBeNull();
  });

  it('tick what was chosen, alone or among several', () => {
    expect(choices(['a', 'b'], 'b', 'kind', (value) => value.toUpperCase()).map(({ label, chosen, id }) => [label, chosen, id])).toEqual([['A', false, 'kind'], ['B', true, 'kind-2']]);
    expect(choices([{ value: 1, label: 'One' }, { value: 2, label: 'Two' }], ['1', '2'], 'n', String).every(({ chosen }) => chosen)).toBe(true);
  });
});

describe('addresses', () => {
  it.each([['/a?b=1', '/a?b=1'], ['/', '/'], ['#late', '#late'], ['https://example.org', 'https://example.org'], ['mailto:a@b.fr', 'mailto:a@b.fr'], ['//evil.org', '#'], ['/\\evil.org', '#'], ['javascript:alert(1)', '#'], [' JavaScript:alert(1)', '#'], ['data:text/html,x', '#'], ['http://x', '#'], [null, '#']])('%s becomes %s', (given, safe) => {
    expect(safeUrl(given)).toBe(safe);
  });

  it('keep the filter when one parameter changes', () => {
    expect(withQuery('/caseload?late=on&page=3', { page: 4 })).toBe('/caseload?late=on&page=4');
    expect(withQuery('/caseload?late=on&page=3', { late: null, page: null })).toBe('/caseload');
    expect(withQuery('//evil.org/x', { lang: 'fr' })).toBe('/evil.org/x?lang=fr');
  });

  it('lead through the pages of a list', () => {
    expect(pagesAround(5, 9).map((one) => one && (one.current ? -one.n : one.n))).toEqual([1, null, 4, -5, 6, null, 9]);
    expect(pagesAround(1, 1).map((one) => one?.n)).toEqual([1]);
    expect(pagesAround(2, 3).map((one) => one?.n)).toEqual([1, 2, 3]);
  });

  it('escape what HTML reads', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b&#61;&quot;c&quot; d&#61;&#39;e&#39;&gt;&amp;');
  });
});

describe('days, hours, numbers', () => {
  it.each<[Language, string]>([['fr', `1er${nbsp}juin 2026`], ['es', '1 de junio de 2026'], ['en', '1 June 2026']])('a day in %s', (language, text) => {
    expect(dayInWords(language, '2026-06-01')).toBe(text);
  });

  it('a day does not move with the zone of the machine', () => {
    expect(dayInWords('en', '2026-01-01')).toBe('1 January 2026');
    expect(dayInWords('fr', '2026-06-16', 'full')).toBe(`mardi 16${nbsp}juin 2026`);
  });

  it('a short day has its year when it is another', () => {
    expect(dayInWords('en', '2026-06-16', 'short', '2026-01-01')).toBe('16 Jun');
    expect(dayInWords('en', '2025-06-16', 'short', '2026-01-01')).toBe('16 Jun 2025');
  });

  it('an instant is told at its place', () => {
    const at = new Date('2026-06-16T22:30:00Z');
    expect(instantInWords('fr', at, 'Europe/Paris', 'time')).toBe(`0${nbsp}h${nbsp}30`);
    expect(instantInWords('en', at, 'Europe/Paris')).toBe('17 June 2026, 00:30');
  });

  it('durations, distances, numbers, lists', () => {
    expect([50, 120, 80].map((minutes) => durationInWords('fr', minutes))).toEqual([`50${nbsp}min`, `2${nbsp}h`, `1${nbsp}h${nbsp}20`]);
    expect([0, 1, -3].map((days) => relativeInWords('fr', days))).toEqual(['aujourd’hui', 'demain', `il y a 3${nbsp}jours`]);
    expect(numberInWords('fr', 12345.5)).toBe(`12${nbsp}345,5`);
    expect(listInWords('es', ['a', 'b', 'c'])).toBe('a, b y c');
  });
});

describe('words', () => {
  it('count by the rules of each language', () => {
    expect([0, 1, 2].map((days) => words.say('fr', 'platform.daysLate', { days }))).toEqual([`0${nbsp}jour de retard`, `1${nbsp}jour de retard`, `2${nbsp}jours de retard`]);
    expect([0, 1].map((days) => words.say('en', 'platform.daysLate', { days }))).toEqual([`0${nbsp}days late`, `1${nbsp}day late`]);
  });

  it('are set as a printer would', () => {
    expect(typeset('fr', "Il l'a dit : « oui » ! 3 jours")).toBe(`Il l’a dit${nbsp}: «${nbsp}oui${nbsp}»${nbsp}! 3${nbsp}jours`);
    expect(typeset('fr', '{n, number, ::percent}')).toBe('{n, number, ::percent}');
    expect(typeset('en', "don't; really?")).toBe('don’t; really?');
  });

  it('fail when a key is missing: it is a fault of the code', () => {
    expect(() => words.say('fr', 'platform.nothing')).toThrow('platform.nothing');
    expect(words.has('platform.nothing')).toBe(false);
  });
});

describe('assets', () => {
  const built = join(process.cwd(), 'templates', 'assets', 'built');
  const size = (name: string): number => readFileSync(join(built, name)).length;

  it('arrive compressed, under names that may be kept for ever', async () => {
    const app = express().use('/assets', compressedBeforehand(), express.static(built));
    const css = Assets.load().address('app.css');
    const answer = await supertest(app).get(css).set('Accept-Encoding', 'br').expect(200);
    expect(answer.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'text/css; charset=utf-8', vary: 'Accept-Encoding' });
    const plain = await supertest(app).get(css).set('Accept-Encoding', 'identity').expect(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('of a first page weigh less than 60 KB', () => {
    const assets = Assets.load();
    const names = ['app.css', 'app.js', 'sprite.svg', 'land.svg'].map((name) => `${assets.address(name).slice('/assets/'.length)}.br`);
    const fonts = [400, 600].map((weight) => assets.address(`atkinson-hyperlegible-next-latin-${weight}-normal.woff2`).slice('/assets/'.length));
    expect([...names, ...fonts].reduce((sum, name) => sum + size(name), 0)).toBeLessThan(60_000);
  });

  it('call no other site', () => {
    const css = readFileSync(join(built, Assets.load().address('app.css').slice('/assets/'.length)), 'utf8');
    expect(css.match(/url\([^)]*\)/g)!.filter((url) => !/^url\((?:atkinson-[\w-]+\.[0-9a-f]+\.woff2|"data:image)/.test(url))).toEqual([]);
    expect(css).not.toContain('@import');
  });
});
