import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../config';
import { AppKey } from '../database/context';
import { Words, type WordValues } from '../views/words';
import { cookieOf, setCookie } from './cookies';

const SECONDS = 60;
const IV = 12;
const TAG = 16;

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
  private readonly key: Buffer;

  constructor(
    config: Config,
    app: AppKey,
    private readonly words: Words,
  ) {
    this.secure = config.secure;
    this.key = Buffer.from(hkdfSync('sha256', app.bytes, '', 'notice', 32));
  }

  leave(request: Request, response: Response, notice: string | Notice | null): void {
    if (notice) setCookie(response, 'notice', typeof notice === 'string' ? notice : this.seal(notice, readerOf(request)), this.secure, SECONDS);
  }

  /** The notice, and it is gone. */
  take(request: Request, response: Response): Notice | null {
    const kept = cookieOf(request, 'notice');
    if (!kept) return null;
    setCookie(response, 'notice', '', this.secure, 0);
    if (PLAIN.test(kept)) return this.words.has(kept) ? { key: kept, values: {}, act: null } : null;
    return this.open(kept, readerOf(request));
  }

  private seal(notice: Notice, reader: string): string {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(reader));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(notice), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  private open(kept: string, reader: string): Notice | null {
    const bytes = Buffer.from(kept, 'base64url');
    if (bytes.length <= IV + TAG) return null;
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, IV)).setAAD(Buffer.from(reader)).setAuthTag(bytes.subarray(IV, IV + TAG));
      return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(IV + TAG)), cipher.final()]).toString('utf8')) as Notice;
    } catch {
      return null; // not ours, or not for who is signed in now
    }
  }
}

const readerOf = (request: Request): string => request.actor?.session ?? '';
