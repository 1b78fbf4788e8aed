import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import type { Request, Response } from 'express';
import type { Config } from '../../src/platform/config';
import { AppKey } from '../../src/platform/database/context';
import { Words } from '../../src/platform/views/words';
import { Notices, type Notice } from '../../src/platform/web/notice';

const notices = new Notices({ secure: false } as Config, new AppKey(Buffer.alloc(32, 7)), Words.load());
const of = (session: string | null, cookie = ''): Request => ({ actor: { session }, headers: { cookie } }) as unknown as Request;
const said: Notice = { key: 'participants.told.handedOver', values: { name: 'Awa Koné', coach: 'Ben', day: '2026-03-09' }, act: null };

function left(notice: string | Notice, session: string | null = 'one'): string {
  const set: string[] = [];
  notices.leave(of(session), { append: (_: string, cookie: string) => set.push(cookie) } as unknown as Response, notice);
  return set[0]!.split(';')[0]!;
}
const taken = (cookie: string, session: string | null = 'one'): Notice | null => notices.take(of(session, cookie), { append: () => undefined } as unknown as Response);

describe('a notice', () => {
  it('comes to the next page with its values, which nobody reads on the way', () => {
    const cookie = left(said);
    expect(Buffer.from(cookie.slice('notice='.length), 'base64url').toString('latin1')).not.toContain('Awa');
    expect(taken(cookie)).toEqual(said);
  });

  it('is for who acted: who signs in after them does not see it', () => {
    expect(taken(left(said), 'two')).toBeNull();
    expect(taken(left(said), null)).toBeNull();
  });

  it('without values is a key of the words of notices, and nothing else', () => {
    expect(taken(left('desk.notice.postponed'))).toEqual({ key: 'desk.notice.postponed', values: {}, act: null });
    for (const forged of ['participants.told.handedOver', 'problem.invalid.title', 'desk.notice.nothing', '__proto__', 'x', 'A'.repeat(80), '%E0%A4%A']) expect([forged, taken(`notice=${forged}`)]).toEqual([forged, null]);
  });
});

describe('what only a script shows', () => {
  it('stays hidden without one, whatever else is said of how it is laid out', () => {
    const folder = join(process.cwd(), 'templates', 'assets', 'styles');
    expect(readFileSync(join(folder, '_base.scss'), 'utf8')).toMatch(/\[hidden\] \{\s*display: none !important;/);
    const templates = join(process.cwd(), 'templates');
    const buttons = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs')).flatMap((file) => readFileSync(join(templates, file), 'utf8').match(/<[^>]*\bdata-(?:print|show)\b[^>]*>/g) ?? []);
    expect(buttons.length).toBeGreaterThan(3);
    expect(buttons.filter((one) => !/ hidden(?=[ >])/.test(one))).toEqual([]);
  });
});
