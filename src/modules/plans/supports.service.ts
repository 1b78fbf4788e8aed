import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { refuseTogether, wrongField } from '../../platform/problem';
import { AuditService } from '../audit';
import { ParticipantsService } from '../participants';
import { StepsService } from '../pathways';
import { NaturalSupport } from './plan.entities';
import type { EditSupport, NameSupport } from './plans.dto';
import { ahead, before, supportsNamedAlready, supportThere } from './plans.problems';
import { PlansRepository } from './plans.repository';
import { PlansService } from './plans.service';
import { holds, supportView, type SupportView } from './plans.views';

/** Natural supports of a pathway: who helps, with what, from when until when; or the answer that nobody is needed. */
@Injectable()
export class SupportsService {
  constructor(
    private readonly repository: PlansRepository,
    private readonly plans: PlansService,
    private readonly participants: ParticipantsService,
    private readonly steps: StepsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Those that hold first. The caller has checked that the person may be seen. */
  async ofParticipant(actor: Actor, participantId: string): Promise<SupportView[]> {
    const today = this.clock.today(actor.timeZone);
    return (await this.repository.supportsOf(actor, participantId)).map((one) => supportView(one, today));
  }

  /** The same for whoever reads them by themselves: recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string): Promise<SupportView[]> {
    await this.participants.open(actor, participantId);
    return this.ofParticipant(actor, participantId);
  }

  async support(actor: Actor, participantId: string, id: string): Promise<SupportView> {
    return supportView(await this.repository.support(actor, participantId, id), this.clock.today(actor.timeZone));
  }

  /** Who is named takes the place of "none needed"; "none needed" is not said while somebody is named. */
  async name(actor: Actor, participantId: string, given: NameSupport): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    const today = this.clock.today(actor.timeZone);
    const noneNeeded = given.noneNeeded ?? false;
    refuseTogether(
      () => { if (given.fromOn > today) throw ahead('fromOn'); },
      () => { if (noneNeeded && (given.name ?? given.relation ?? given.forWhat)) throw wrongField('noneNeeded', 'somebody-is-named'); },
      () => { if (!noneNeeded && !given.name) throw wrongField('name', 'name-or-none'); },
      () => { if (!noneNeeded && given.name && !given.relation) throw wrongField('relation', 'required', { choose: true }); },
    );
    await this.participants.checkDay(actor, [participantId], 'fromOn', given.fromOn);
    if (!(await this.plans.openEnrolments(actor, participantId)).some((one) => one.id === given.enrolmentId)) throw wrongField('enrolmentId', 'not-in-list');
    const others = (await this.repository.supportsOf(actor, participantId)).filter((one) => one.enrolmentId === given.enrolmentId && one.endedOn === null);
    if (noneNeeded && others.some((one) => !one.noneNeeded)) throw supportsNamedAlready();
    if (others.some((one) => one.noneNeeded === noneNeeded && (noneNeeded || (one.name === given.name && one.relation === given.relation && one.forWhat === (given.forWhat ?? null))))) throw supportThere();
    for (const one of noneNeeded ? [] : others.filter((other) => other.noneNeeded)) {
      await this.repository.change(NaturalSupport, one, { endedOn: given.fromOn < one.fromOn ? one.fromOn : given.fromOn });
    }
    const support: NaturalSupport = {
      id: newId(), serviceId, participantId, enrolmentId: given.enrolmentId, noneNeeded, name: given.name ?? null, relation: noneNeeded ? null : given.relation ?? null, forWhat: given.forWhat ?? null,
      fromOn: given.fromOn, endedOn: null, recordedAt: this.clock.now(), recordedBy: actor.id, version: 1,
    };
    await this.repository.insert(NaturalSupport, support);
    await this.audit.record(actor, 'support.named', { kind: 'natural-support', id: support.id, participantId }, { noneNeeded, relation: support.relation });
    await this.steps.factsChanged(actor, 'supports', [participantId], others.length > 0);
    return support.id;
  }

  /** @returns false where nothing changes */
  async edit(actor: Actor, participantId: string, id: string, given: EditSupport): Promise<boolean> {
    await this.participants.hold(actor, participantId);
    const support = await this.repository.support(actor, participantId, id);
    const today = this.clock.today(actor.timeZone);
    refuseTogether(
      () => { if (given.fromOn > today) throw ahead('fromOn'); },
      () => { if (given.endedOn && given.endedOn > today) throw ahead('endedOn'); },
      () => { if (given.endedOn && given.endedOn < given.fromOn) throw before('endedOn', given.fromOn); },
      () => { if (support.noneNeeded && (given.name ?? given.relation ?? given.forWhat)) throw wrongField('name', 'none-needed-stands'); },
      () => { if (!support.noneNeeded && !given.name) throw wrongField('name', 'required'); },
      () => { if (!support.noneNeeded && !given.relation) throw wrongField('relation', 'required', { choose: true }); },
    );
    await this.participants.checkDay(actor, [participantId], 'fromOn', given.fromOn);
    const patch = { name: given.name ?? null, relation: given.relation ?? null, forWhat: given.forWhat ?? null, fromOn: given.fromOn, endedOn: given.endedOn ?? null };
    const fields = Object.keys(patch).filter((name) => patch[name as keyof typeof patch] !== support[name as keyof typeof patch]);
    if (fields.length === 0) return false;
    const others = (await this.repository.supportsOf(actor, participantId)).filter((one) => one.id !== id && one.enrolmentId === support.enrolmentId && one.endedOn === null);
    if (patch.endedOn === null && others.some((one) => one.noneNeeded !== support.noneNeeded)) throw supportsNamedAlready();
    await this.repository.change(NaturalSupport, { id, version: given.version }, patch);
    await this.audit.record(actor, 'support.changed', { kind: 'natural-support', id, participantId }, { fields });
    await this.steps.factsChanged(actor, 'supports', [participantId], true);
    return true;
  }

  /** Those of a pathway that hold on a day. */
  async standing(actor: Actor, participantId: string, enrolmentId: string, on: string): Promise<NaturalSupport[]> {
    return (await this.repository.supportsOf(actor, participantId)).filter((one) => one.enrolmentId === enrolmentId && holds(one, on));
  }
}
