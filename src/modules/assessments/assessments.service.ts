import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { editedMeanwhile, wrongField } from '../../platform/problem';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import { ParticipantsService } from '../participants';
import { EnrolmentsService, OpenTasks, StepsService } from '../pathways';
import type { SectionView, VocationalProfileView, WriteSection } from './assessments.dto';
import { AssessmentsRepository } from './assessments.repository';
import { written, type ProfileSection } from './profile-section.entity';
import { SECTIONS } from './sections';

/** The vocational profile: written section by section, with the person, in their words where they are. */
@Injectable()
export class AssessmentsService {
  constructor(
    private readonly sections: AssessmentsRepository,
    private readonly participants: ParticipantsService,
    private readonly users: UsersService,
    private readonly steps: StepsService,
    private readonly enrolments: EnrolmentsService,
    private readonly tasks: OpenTasks,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Every section, in its order, written or not. The caller has checked that the person may be seen. */
  async profile(actor: Actor, participantId: string): Promise<VocationalProfileView> {
    const known = new Map((await this.sections.ofParticipant(actor, participantId)).map((one) => [one.section, one]));
    const names = await this.users.names(actor, [...new Set([...known.values()].flatMap((one) => one.recordedBy ?? []))]);
    return {
      participantId, written: known.size, of: SECTIONS.length,
      sections: SECTIONS.map((section) => sectionView(section, known.get(section) ?? null, names)),
    };
  }

  /** The same for whoever reads it by itself: that the person's file was opened is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string): Promise<VocationalProfileView> {
    await this.participants.open(actor, participantId);
    return this.profile(actor, participantId);
  }

  /** @returns false where it was all written like this already: then nothing is done */
  async write(actor: Actor, participantId: string, given: WriteSection): Promise<boolean> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    if (given.writtenOn > this.clock.today(actor.timeZone)) throw wrongField('writtenOn', 'in-the-future');
    await this.participants.checkDay(actor, [participantId], 'writtenOn', given.writtenOn);
    const known = await this.sections.ofParticipant(actor, participantId);
    const before = known.find((one) => one.section === given.section) ?? null;
    const told = { words: given.words, ownWords: given.ownWords ?? false, writtenOn: given.writtenOn };
    const fields = Object.keys(told).filter((name) => before?.[name as keyof typeof told] !== told[name as keyof typeof told]);
    if (fields.length === 0) return false;
    const row = { ...written(before, told), recordedAt: this.clock.now(), recordedBy: actor.id };
    const id = before?.id ?? newId();
    if (before) await this.sections.change({ id, version: given.version }, row);
    else if (given.version > 0) throw editedMeanwhile({ words: null }, { words: given.words }, 0);
    else await this.sections.insert({ ...row, id, serviceId, participantId, section: given.section, version: 1 });
    await this.audit.record(actor, 'profile-section.written', { kind: 'profile-section', id, participantId }, { section: given.section, ownWords: told.ownWords, fields });
    await this.steps.factsChanged(actor, 'profile', [participantId], before !== null);
    // The last section finishes it, wherever a pathway asks for that.
    if (!before && known.length + 1 === SECTIONS.length) for (const one of await this.enrolments.ofParticipant(actor, participantId)) await this.tasks.done(actor, one, 'profile');
    return true;
  }
}

function sectionView(section: SectionView['section'], one: ProfileSection | null, names: ReadonlyMap<string, string>): SectionView {
  return {
    section, words: one?.words ?? null, ownWords: one?.ownWords ?? false, writtenOn: one?.writtenOn ?? null, sinceOn: one?.sinceOn ?? null, ownSinceOn: one?.ownSinceOn ?? null,
    recordedByName: (one?.recordedBy && names.get(one.recordedBy)) ?? null, version: one?.version ?? 0,
  };
}
