import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { DisclosureService, type DecideDisclosure, type SheetView } from '../disclosure';
import { ParticipantsService } from '../participants';
import { EmployersService } from './employers.service';

/** A decision with the name of the employer that it is about; null: any employer. */
export interface NamedSheet extends SheetView {
  employerName: string | null;
}

/** An employer for which all that was decided is taken back: nothing may be known there until the person decides for it again. */
export interface WithheldView {
  employerId: string;
  employerName: string | null;
  since: Day;
}
/** What was decided, the latest first, and where it was taken back. */
export interface SheetsOfPerson {
  items: NamedSheet[];
  withheld: WithheldView[];
}

/** A person's decisions with the employers that they are about, whom the module of the decisions does not know. */
@Injectable()
export class SheetsService {
  constructor(
    private readonly disclosure: DisclosureService,
    private readonly employers: EmployersService,
    private readonly participants: ParticipantsService,
  ) {}

  /** The reading of the person's file is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string): Promise<SheetsOfPerson> {
    await this.participants.open(actor, participantId);
    const sheets = await this.disclosure.of(actor, participantId);
    const names = await this.employers.names(actor, sheets.flatMap((one) => one.employerId ?? []));
    const items = sheets.map((one) => ({ ...one, employerName: one.employerId ? names.get(one.employerId) ?? null : null }));
    const own = [...new Set(items.flatMap((one) => one.employerId ?? []))].map((employerId) => ({ employerId, ends: items.filter((one) => one.employerId === employerId).map((one) => one.endedOn) }));
    const withheld = own.flatMap(({ employerId, ends }) => (ends.includes(null) ? [] : [{ employerId, employerName: names.get(employerId) ?? null, since: ends.sort().at(-1)! }]));
    return { items, withheld };
  }

  /** Employers to choose from when the person decides: those that the words find, or the first ones; before them those of which was spoken already. */
  async employersToChoose(actor: Actor, participantId: string, q: string | undefined, spoken: readonly string[]): Promise<{ choices: { value: string; label: string }[]; found: string[] }> {
    const found = await this.employers.find(actor, q ?? '');
    const own = (await this.disclosure.of(actor, participantId)).flatMap((one) => one.employerId ?? []);
    const known = await this.employers.choices(actor, [...new Set([...spoken, ...own])]);
    const all = new Map([...known, ...found].map(({ id, name, place }) => [id, place ? `${name} · ${place}` : name]));
    return { choices: [...all].map(([value, label]) => ({ value, label })), found: found.map(({ id }) => id) };
  }

  async decide(actor: Actor, participantId: string, given: DecideDisclosure): Promise<string> {
    await this.participants.hold(actor, participantId);
    if (given.employerId) await this.employers.check(actor, given.employerId);
    return this.disclosure.decide(actor, participantId, given);
  }

  revoke(actor: Actor, participantId: string, item: string, version: number): Promise<void> {
    return this.disclosure.revoke(actor, participantId, item, version);
  }

  end(actor: Actor, participantId: string, sheet: string, version: number): Promise<void> {
    return this.disclosure.end(actor, participantId, sheet, version);
  }
}
