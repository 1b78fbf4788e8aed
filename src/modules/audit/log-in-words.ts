import { Injectable } from '@nestjs/common';
import type { Language } from '../../platform/access/actor';
import { isId } from '../../platform/id';
import { Words } from '../../platform/views/words';
import type { Outcome } from './audit-event.entity';
import type { EventView } from './audit.dto';

/** Where the things that the log's readers may open have their page. */
const PAGES: Record<string, (id: string) => string> = {
  user: (id) => `/users/${id}`,
  federation: (id) => `/federations/${id}/edit`,
  programme: (id) => `/programmes/${id}`,
  operation: (id) => `/operations/${id}/edit`,
  service: (id) => `/services/${id}/edit`,
  protocol: (id) => `/protocols/${id}`,
};

/** A line of the log as a page says it. */
export interface SaidEvent {
  at: string;
  who: string;
  /** The role of who acted, or what the system did it for. */
  as: string;
  said: string;
  outcome: Outcome;
  /** Why it was refused. */
  because: string | null;
  about: { kind: string; href: string | null; id: string | null; file: string | null } | null;
  reason: string | null;
  changes: { label: string; value: unknown }[];
}

/** Says the log's own names (`noun.verb`, names of fields, codes) in the reader's words. A name that has none any more is shown as it is. */
@Injectable()
export class LogInWords {
  constructor(private readonly words: Words) {}

  act(language: Language, action: string): string {
    return this.named(language, 'audit.action.', action);
  }

  event(language: Language, event: EventView): SaidEvent {
    const { at, actorName, actorRole, action, outcome, code, subjectKind, subjectId, participantId, reason, changes } = event;
    const role = this.named(language, 'audit.role.', actorRole);
    const isSomebody = actorRole !== 'system' && actorRole !== 'anonymous';
    const subject = subjectKind === 'route' || (subjectId === null && participantId === null) ? null : this.named(language, 'audit.subject.', subjectKind);
    return {
      at, who: isSomebody ? actorName : role, as: isSomebody ? role : actorRole === 'system' ? this.named(language, 'audit.purpose.', actorName) : '',
      said: this.act(language, action), outcome, because: code && this.named(language, 'audit.code.', code),
      about: subject === null ? null : { kind: subject, href: subjectId === null ? null : PAGES[subjectKind]?.(subjectId) ?? null, id: participantId === null ? subjectId : null, file: participantId },
      reason,
      changes: Object.entries(changes ?? {}).filter(([, value]) => !isId(value)).map(([name, value]) => ({ label: this.named(language, 'audit.change.', name), value: this.value(language, name, value) })),
    };
  }

  private value(language: Language, name: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.value(language, name, one));
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
    if (typeof value !== 'string') return JSON.stringify(value);
    if (name === 'country') return new Intl.DisplayNames([language], { type: 'region' }).of(value);
    if (name === 'fields') return this.named(language, 'audit.change.', value);
    if (name === 'role' || name === 'roles') return this.named(language, 'audit.role.', value);
    return this.named(language, `audit.value.${name}.`, value);
  }

  private named(language: Language, prefix: string, name: string): string {
    return this.words.has(prefix + name) ? this.words.say(language, prefix + name) : name;
  }
}
