import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../clock';
import { AppKey } from '../database/context';
import { Seal } from '../seal';
import { CsrfGuard } from './csrf';

/** Milliseconds: a page left open in the evening is sent in the morning. */
const KEPT = 86_400_000;
/** Signs of a sealed form: it comes back in the body of the next one. */
const LONGEST = 90_000;
const TOKEN = /^[\w-]{43}$/;

/** The form that this one takes up: shown again as it was typed, and nothing is done. */
export const TAKE_UP = '_again';

/** A form that was sent when its session had ended. */
export interface KeptForm {
  /** Where it was sent. */
  action: string;
  fields: { name: string; value: string }[];
  /** The token that it carried, which tells in whose session it was opened. */
  token: string;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** The handler shows its form again when it is refused. */
    hasForm?: boolean;
  }
}

/**
 * What somebody wrote while their session ended is not lost: it goes to the page on which they sign in, sealed, and comes back from there. It is health
 * data: kept on no server, in no cookie, address or log, and not to be read in a page that stays open on a shared machine.
 */
@Injectable()
export class KeptForms {
  private readonly seal: Seal;

  constructor(
    key: AppKey,
    private readonly clock: Clock,
    private readonly csrf: CsrfGuard,
  ) {
    this.seal = new Seal(key.bytes, 'kept-form');
  }

  /** What was sent, if it is a form of ours that can be shown again. A form with a password is not, and never kept. */
  sent(request: Request): KeptForm | null {
    if (request.method !== 'POST' || !request.hasForm || !request.is(['application/x-www-form-urlencoded', 'multipart/form-data']) || !this.csrf.isOurs(request)) return null;
    const body = (request.body ?? {}) as Record<string, string | string[]>;
    const token = body._token;
    if (typeof token !== 'string' || !TOKEN.test(token) || Object.keys(body).some((name) => /password/i.test(name))) return null;
    const fields = Object.entries(body).filter(([name]) => !name.startsWith('_')).flatMap(([name, given]) => [given].flat().map((value) => ({ name, value })));
    const isWritten = fields.some(({ name, value }) => name !== 'version' && value.trim() !== '');
    return isWritten ? { action: request.originalUrl, fields, token } : null;
  }

  /** Closed for the way through the page; null when it is too long. */
  close(form: KeptForm): string | null {
    const closed = this.seal.close(JSON.stringify({ ...form, until: this.clock.now().getTime() + KEPT }));
    return closed.length <= LONGEST ? closed : null;
  }

  /** Null for what is not ours, or too old. */
  open(closed: string): KeptForm | null {
    const text = this.seal.open(closed);
    if (text === null) return null;
    const { until, ...form } = JSON.parse(text) as KeptForm & { until: number };
    return until > this.clock.now().getTime() ? form : null;
  }
}

/** It asks for the form as it was typed, and for nothing to be done. */
export function takesUp(request: Request): boolean {
  return request.method === 'POST' && Object.hasOwn((request.body ?? {}) as object, TAKE_UP);
}
