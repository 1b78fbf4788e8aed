import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { DisclosureService, type DecideDisclosure, type SheetView } from '../disclosure';
import { ParticipantsService } from '../participants';
import { EmployersService } from './employers.service';

/** A decision with the name of the employer that it is about; null: any employer. */
export interface NamedSheet extends SheetView {
  employerName: string | null;
}

/** A person's decisions with the employers that they are about, whom the module of the decisions does not know. */
@Injectable()
export class SheetsService {
  constructor(
    private readonly disclosure: DisclosureService,
    private readonly employers: EmployersService,
    private readonly participants: ParticipantsService,
  ) {}

  async of(actor: Actor, participantId: string): Promise<NamedSheet[]> {
    const sheets = await this.disclosure.of(actor, participantId);
    const names = await this.employers.names(actor, sheets.flatMap((one) => one.employerId ?? []));
    return sheets.map((one) => ({ ...one, employerName: one.employerId ? names.get(one.employerId) ?? null : null }));
  }

  /** The same; the reading of the person's file is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string): Promise<NamedSheet[]> {
    await this.participants.open(actor, participantId);
    return this.of(actor, participantId);
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
