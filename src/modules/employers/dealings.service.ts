import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { dayOf } from '../../platform/days';
import { newId } from '../../platform/id';
import { forbidden, Problem } from '../../platform/problem';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import { dealingView, type CorrectDealing, type DealingView, type LogDealing, type PartnerContactView, type WithdrawDealing } from './employers.dto';
import { EmployerDealing } from './employers.entities';
import { ahead, employerMerged, tookNoTime, unknownEmployer } from './employers.problems';
import { EmployersRepository } from './employers.repository';

/** What was done with an employer: noted, corrected within a week by its author, withdrawn with a reason, never deleted. */
@Injectable()
export class DealingsService {
  constructor(
    private readonly employers: EmployersRepository,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Latest first; those withdrawn too, marked. */
  async of(actor: Actor, employerId: string, contacts: readonly PartnerContactView[]): Promise<DealingView[]> {
    const found = await this.employers.dealingsOf(actor, employerId);
    const names = await this.users.names(actor, [...new Set(found.map((one) => one.recordedBy))]);
    const contactName = new Map(contacts.map((one) => [one.id, one.name]));
    return found.map((one) => dealingView(one, one.contactId ? contactName.get(one.contactId) ?? null : null, names.get(one.recordedBy) ?? null, this.may(actor, one)));
  }

  async log(actor: Actor, employerId: string, given: LogDealing): Promise<string> {
    if (!actor.service || !actor.id) throw forbidden('employer.edit');
    await this.living(actor, employerId);
    if (!(await this.employers.holds(actor, employerId))) throw employerMerged();
    const dealing = Object.assign(new EmployerDealing(), {
      ...await this.told(actor, employerId, given), id: newId(), serviceId: actor.service, employerId, recordedAt: this.clock.now(), recordedBy: actor.id, withdrawnAt: null, withdrawnReason: null, version: 1,
    });
    await this.employers.insertPart(EmployerDealing, dealing);
    await this.audit.record(actor, 'employer.dealing-logged', { kind: 'employer', id: employerId });
    return dealing.id;
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async correct(actor: Actor, employerId: string, id: string, given: CorrectDealing): Promise<boolean> {
    await this.living(actor, employerId);
    const dealing = await this.employers.part(actor, EmployerDealing, employerId, id);
    dealing.mayCorrect(actor, this.clock.today(actor.timeZone), dayOf(dealing.recordedAt, actor.timeZone));
    const patch = await this.told(actor, employerId, { ...given, happenedOn: given.happenedOn ?? dealing.happenedOn });
    const fields = (Object.keys(patch) as (keyof typeof patch)[]).filter((name) => patch[name] !== dealing[name]);
    if (fields.length === 0) return false;
    await this.employers.changeDealing({ id, version: given.version }, patch);
    await this.audit.record(actor, 'employer.dealing-corrected', { kind: 'employer', id: employerId }, { fields });
    return true;
  }

  async withdraw(actor: Actor, employerId: string, id: string, given: WithdrawDealing): Promise<void> {
    await this.living(actor, employerId);
    const dealing = await this.employers.part(actor, EmployerDealing, employerId, id);
    dealing.mayWithdraw(actor);
    await this.employers.changeDealing({ id, version: given.version }, { withdrawnAt: this.clock.now(), withdrawnReason: given.reason });
    await this.audit.record(actor, 'employer.dealing-withdrawn', { kind: 'employer', id: employerId }, null, given.reason);
  }

  private async living(actor: Actor, employerId: string): Promise<void> {
    if ((await this.employers.get(actor, employerId)).mergedInto) throw employerMerged();
  }

  private may(actor: Actor, dealing: EmployerDealing): DealingView['may'] {
    const today = this.clock.today(actor.timeZone);
    return {
      correct: allowed(() => dealing.mayCorrect(actor, today, dayOf(dealing.recordedAt, actor.timeZone))),
      withdraw: allowed(() => dealing.mayWithdraw(actor)),
    };
  }

  private async told(actor: Actor, employerId: string, given: LogDealing): Promise<Pick<EmployerDealing, 'kind' | 'mode' | 'contactId' | 'happenedOn' | 'minutes' | 'outcome' | 'note'>> {
    const today = this.clock.today(actor.timeZone);
    const { kind, mode, contactId = null, happenedOn = today, minutes, outcome, note = null } = given;
    if (happenedOn > today) throw ahead('happenedOn');
    if (minutes === 0 && outcome === 'done') throw tookNoTime();
    if (contactId && !(await this.employers.contactsOf(actor, employerId)).some((one) => one.id === contactId)) throw unknownEmployer('contactId');
    return { kind, mode, contactId, happenedOn, minutes, outcome, note };
  }
}

/** The same rule that refuses says what is offered. */
function allowed(rule: () => void): boolean {
  try {
    rule();
    return true;
  } catch (problem) {
    if (problem instanceof Problem) return false;
    throw problem;
  }
}
