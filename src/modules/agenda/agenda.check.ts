import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { AgendaEntry } from './agenda-entry.entity';
import type { Difference, Want } from './agenda.dto';
import { AgendaRepository } from './agenda.repository';

/** Computes again, from the facts of the actor's service, all that a module wants done: about everybody, or about one person. */
export type Source = (actor: Actor, participantId: string | null) => Promise<Want[]>;

/** Whether what is written is what the facts say: each module that writes entries registers how it computes them. */
@Injectable()
export class AgendaCheck {
  private readonly sources = new Map<string, Source>();

  constructor(private readonly entries: AgendaRepository) {}

  registerSource(name: string, compute: Source): void {
    if (this.sources.has(name)) throw new Error(`agenda source ${name} is registered twice`);
    this.sources.set(name, compute);
  }

  /** Every difference in the actor's service; none when all is well. */
  async differences(actor: Actor): Promise<Difference[]> {
    const computed = new Map<string, Want>();
    for (const compute of this.sources.values()) for (const want of await compute(actor, null)) computed.set(nameOf(want), want);
    const found: Difference[] = [];
    for (const entry of await this.all(actor)) {
      const want = computed.get(nameOf(entry));
      computed.delete(nameOf(entry));
      if (entry.doneOn) continue;
      const written = asWritten(entry);
      if (!want) found.push({ participantId: entry.participantId, key: entry.key, what: 'left over', written, computed: null });
      else if (JSON.stringify(written) !== JSON.stringify(wanted(want))) found.push({ participantId: entry.participantId, key: entry.key, what: 'different', written, computed: wanted(want) });
    }
    for (const want of computed.values()) found.push({ participantId: want.participantId, key: want.key, what: 'missing', written: null, computed: wanted(want) });
    return found;
  }

  /** What the facts want now under this key; nothing where its reason has gone. */
  async wanted(actor: Actor, { participantId, key }: Pick<AgendaEntry, 'participantId' | 'key'>): Promise<Want | null> {
    for (const compute of this.sources.values()) {
      const found = (await compute(actor, participantId)).find((want) => want.participantId === participantId && want.key === key);
      if (found) return found;
    }
    return null;
  }

  private async all(actor: Actor): Promise<AgendaEntry[]> {
    const all: AgendaEntry[] = [];
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const batch = await this.entries.batch(actor, after);
      all.push(...batch);
      if (batch.length < 1_000) return all;
      after = batch.at(-1)!.id;
    }
  }
}

const nameOf = (one: { participantId: string; key: string }): string => `${one.participantId} ${one.key}`;

function asWritten(entry: AgendaEntry): Record<string, unknown> {
  return { kind: entry.kind, nature: entry.nature, fromOn: entry.wantedFromOn, dueOn: entry.wantedDueOn, forWhom: entry.forWhom, enrolmentId: entry.enrolmentId };
}

function wanted(want: Want): Record<string, unknown> {
  return {
    kind: want.kind, nature: want.nature ?? 'task', fromOn: want.fromOn > want.dueOn ? want.dueOn : want.fromOn, dueOn: want.dueOn, forWhom: want.forWhom, enrolmentId: want.enrolmentId ?? null,
  };
}
