import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { AuditService } from '../audit';
import { ParticipantsService } from '../participants';
import { PlacementsService } from '../placements';
import { Accommodation } from './accommodation.entity';
import { accommodationView, type AccommodationView, type EditNeed, type NeedsView, type NoneKnown, type RaiseNeed, type SettleNeed } from './accommodations.dto';
import { needKnown, unknownJob } from './accommodations.problems';
import { AccommodationsRepository } from './accommodations.repository';
import { NeedTasks } from './need-tasks';

type Told = Pick<Accommodation, 'placementId' | 'kind' | 'need' | 'raisedOn' | 'raisedBy' | 'agreedOn' | 'owner' | 'ownerName' | 'interim' | 'interimFromOn'>;

/** Needs at work: raised, seen to by somebody, settled; or the answer that none is known. */
@Injectable()
export class AccommodationsService {
  constructor(
    private readonly needs: AccommodationsRepository,
    private readonly tasks: NeedTasks,
    private readonly participants: ParticipantsService,
    private readonly placements: PlacementsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async raise(actor: Actor, participantId: string, given: RaiseNeed): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    const told = await this.checked(actor, participantId, given);
    const need = Object.assign(new Accommodation(), {
      ...told, id: newId(), serviceId, participantId, state: 'open', stateOn: given.raisedOn, createdAt: this.clock.now(), createdBy: actor.id, version: 1,
    } satisfies Partial<Accommodation>);
    await this.needs.insert(need);
    await this.audit.record(actor, 'need.raised', { kind: 'need', id: need.id, participantId }, { kind: given.kind, raisedBy: given.raisedBy });
    await this.tasks.follow(actor, participantId);
    return need.id;
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async edit(actor: Actor, participantId: string, id: string, given: EditNeed): Promise<boolean> {
    await this.participants.hold(actor, participantId);
    const need = await this.needs.get(actor, participantId, id);
    const patch = await this.checked(actor, participantId, given);
    const fields = Object.keys(patch).filter((name) => patch[name as keyof Told] !== need[name as keyof Told]);
    if (fields.length === 0) return false;
    await this.needs.change({ id, version: given.version }, { ...patch, ...(need.stateOn < patch.raisedOn ? { stateOn: patch.raisedOn } : {}) });
    await this.audit.record(actor, 'need.edited', { kind: 'need', id, participantId }, { fields });
    await this.tasks.follow(actor, participantId);
    return true;
  }

  /** It is in place, or needed no more; or it is open again. */
  async settle(actor: Actor, participantId: string, id: string, given: SettleNeed): Promise<void> {
    await this.participants.hold(actor, participantId);
    const need = await this.needs.get(actor, participantId, id);
    await this.participants.checkDay(actor, [participantId], 'stateOn', given.stateOn, need.raisedOn);
    await this.needs.change({ id, version: given.version }, { state: given.state, stateOn: given.stateOn });
    await this.audit.record(actor, 'need.settled', { kind: 'need', id, participantId }, { from: need.state, to: given.state });
    await this.tasks.follow(actor, participantId);
  }

  /** The person was asked, and no need is known: an answer, as long as none is open. */
  async noneKnown(actor: Actor, participantId: string, given: NoneKnown): Promise<void> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    await this.participants.checkDay(actor, [participantId], 'answeredOn', given.answeredOn);
    const open = (await this.needs.all(actor, participantId)).filter((one) => one.state === 'open');
    if (open.length > 0) throw needKnown(open.length);
    const id = newId();
    this.needs.keepAnswer({ id, serviceId, participantId, answeredOn: given.answeredOn, recordedAt: this.clock.now(), recordedBy: actor.id });
    await this.audit.record(actor, 'need.none-known', { kind: 'participant', id: participantId, participantId }, { answeredOn: given.answeredOn });
    await this.tasks.follow(actor, participantId);
  }

  /** A person's needs at work, those that are open first. */
  async of(actor: Actor, participantId: string): Promise<AccommodationView[]> {
    return (await this.needs.all(actor, participantId)).map(accommodationView);
  }

  /** The last day on which it was answered that no need is known. */
  noneKnownOn(actor: Actor, participantId: string): Promise<Day | null> {
    return this.needs.noneKnownOn(actor, participantId);
  }

  /** For whoever reads them by themselves: the reading of the person's file is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string): Promise<NeedsView> {
    await this.participants.open(actor, participantId);
    return { items: await this.of(actor, participantId), noneKnownOn: await this.noneKnownOn(actor, participantId) };
  }

  async open(actor: Actor, participantId: string, id: string): Promise<AccommodationView> {
    const need = await this.needs.get(actor, participantId, id);
    this.audit.opened(actor, 'need.opened', { kind: 'need', id, participantId });
    return accommodationView(need);
  }

  private async checked(actor: Actor, participantId: string, given: RaiseNeed): Promise<Told> {
    await this.participants.checkDay(actor, [participantId], 'raisedOn', given.raisedOn);
    if (given.interimFromOn) await this.participants.checkDay(actor, [participantId], 'interimFromOn', given.interimFromOn);
    if (given.placementId && !(await this.placements.of(actor, participantId)).some(({ id, state }) => id === given.placementId && state !== 'annulled')) throw unknownJob();
    return {
      placementId: given.placementId ?? null, kind: given.kind, need: given.need, raisedOn: given.raisedOn, raisedBy: given.raisedBy, agreedOn: given.agreedOn ?? null, owner: given.owner ?? null,
      ownerName: given.ownerName ?? null, interim: given.interim ?? null, interimFromOn: given.interimFromOn ?? null,
    };
  }
}
