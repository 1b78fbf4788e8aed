import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../config';
import { AppKey } from '../database/context';
import { Seal } from '../seal';
import { Words, type WordValues } from '../views/words';
import { cookieOf, setCookie } from './cookies';

const SECONDS = 60;

/** What is said once, on the page after an act. Its values may name people. */
export interface Notice {
  /** Key of its words. */
  key: string;
  values: WordValues;
  /** One act that it offers: a form of one button. `label` is a key of words. */
  act: { action: string; label: string; version: number } | null;
}

/** Words without values, which any browser may name: other words would break the page. */
const PLAIN = /^[a-z-]+\.notice\./;

/**
 * Carries a notice to the next page in a cookie: no name stands in an address or a log. What has values is sealed for who acted, so that
 * neither the browser nor who signs in after them reads or makes one.
 */
@Injectable()
export class Notices {
  private readonly secure: boolean;
  private readonly seal: Seal;

  constructor(
    config: Config,
    app: AppKey,
    private readonly words: Words,
  ) {
    this.secure = config.secure;
    this.seal = new Seal(app.bytes, 'notice');
  }

  leave(request: Request, response: Response, notice: string | Notice | null): void {
    if (notice) setCookie(response, 'notice', typeof notice === 'string' ? notice : this.seal.close(JSON.stringify(notice), readerOf(request)), this.secure, SECONDS);
  }

  /** The notice, and it is gone. */
  take(request: Request, response: Response): Notice | null {
    const kept = cookieOf(request, 'notice');
    if (!kept) return null;
    setCookie(response, 'notice', '', this.secure, 0);
    if (PLAIN.test(kept)) return this.words.has(kept) ? { key: kept, values: {}, act: null } : null;
    const opened = this.seal.open(kept, readerOf(request));
    return opened === null ? null : JSON.parse(opened) as Notice;
  }

  /** Nothing is left to say on the next page, whatever this answer has left until now. */
  drop(response: Response): void {
    setCookie(response, 'notice', '', this.secure, 0);
  }
}

const readerOf = (request: Request): string => request.actor?.session ?? '';
