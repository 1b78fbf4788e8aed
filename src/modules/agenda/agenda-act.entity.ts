import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import type { AgendaEntry } from './agenda-entry.entity';
import type { Params } from './agenda.dto';

export type Act = 'done' | 'reopened' | 'postponed';

/** What somebody did with an entry by hand, kept as it was said then. */
@Entity('agenda_act')
export class AgendaAct {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'entry_id' }) entryId!: string;
  @Column('text') act!: Act;
  @Column('text') kind!: string;
  @Column('jsonb') params!: Params;
  /** The day by which it was due, and the new one, where it was put off. */
  @Column('date', { name: 'from_on', nullable: true }) fromOn!: Day | null;
  @Column('date', { name: 'to_on', nullable: true }) toOn!: Day | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('date', { name: 'acted_on' }) actedOn!: Day;
  @Column('timestamptz', { name: 'acted_at' }) actedAt!: Date;
  @Column('uuid', { name: 'acted_by', nullable: true }) actedBy!: string | null;

  static on(entry: AgendaEntry, act: Act, who: { by: string | null; on: Day; at: Date }, putOff: { to: Day; reason: string } | null = null): AgendaAct {
    const { serviceId, participantId, kind, params, dueOn } = entry;
    return Object.assign(new AgendaAct(), {
      id: newId(), serviceId, participantId, entryId: entry.id, act, kind, params: { ...params, due: dueOn }, fromOn: putOff && dueOn, toOn: putOff?.to ?? null, reason: putOff?.reason ?? null,
      actedOn: who.on, actedAt: who.at, actedBy: who.by,
    });
  }
}
