import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays } from '../../platform/days';
import { Events } from '../../platform/events';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { EnrolmentsService, OpenTasks, StepTaken } from '../pathways';
import { DisclosureRepository } from './disclosure.repository';

const PREFIX = 'disclosure.ends:';
/** Days before the end of what may be known on which the coach is told. */
const AHEAD = 30;
/** The task by which a protocol asks for the person's decision. */
const TASK = 'disclosure-sheet';

/** What the sheets want done: the person asked again before something ends; and the protocol's task closed once the person has decided. */
@Injectable()
export class DisclosureTasks implements OnModuleInit {
  constructor(
    private readonly sheets: DisclosureRepository,
    private readonly enrolments: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('disclosure', (system, participantId) => this.wants(system, participantId));
    this.events.subscribe(StepTaken, 'disclosure', (event, system) => this.close(system, event.participantId));
  }

  async isAnswered(actor: Actor, participantId: string): Promise<boolean> {
    return (await this.sheets.sheets(actor, participantId)).some((one) => one.endedOn === null);
  }

  async follow(actor: Actor, participantId: string): Promise<void> {
    const wants = await this.wants(actor, participantId);
    for (const want of wants) await this.agenda.want(actor, { ...want, keepsPostponed: true });
    const gone = [...await this.agenda.openKeys(actor, [participantId])].filter((key) => key.startsWith(PREFIX) && !wants.some((want) => want.key === key));
    if (gone.length) await this.agenda.done(actor, participantId, gone);
    await this.close(actor, participantId);
  }

  private async close(actor: Actor, participantId: string): Promise<void> {
    const isOpen = [...await this.agenda.openKeys(actor, [participantId])].some((key) => key.startsWith('pathways.task:') && key.endsWith(`:${TASK}`));
    if (!isOpen || !(await this.isAnswered(actor, participantId))) return;
    for (const one of await this.enrolments.ofParticipant(actor, participantId)) await this.tasks.done(actor, one, TASK);
  }

  /** One for each decision that stands and of which something ends: for the first of its days. */
  private async wants(actor: Actor, participantId: string | null): Promise<Want[]> {
    const standing = (await this.sheets.sheets(actor, participantId)).filter((one) => one.endedOn === null);
    const items = await this.sheets.items(actor, participantId);
    return standing.flatMap((sheet) => {
      const until = items.filter((one) => one.sheetId === sheet.id && one.revokedOn === null).flatMap((one) => one.untilOn ?? []).sort()[0];
      return until ? [{
        participantId: sheet.participantId, key: `${PREFIX}${sheet.id}`, kind: 'disclosure-ends', nature: 'warning' as const, fromOn: addDays(until, -AHEAD), dueOn: until, forWhom: 'coach' as const,
        subject: { kind: 'disclosure', id: null }, params: { until },
      }] : [];
    });
  }
}
