import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { DecideDisclosure, EndSheet, RevokeItem } from '../disclosure';
import { SheetsService, type SheetsOfPerson } from './sheets.service';

@ApiTags('disclosure')
@Controller('api/v1/participants/:id/disclosure')
export class SheetsApi {
  constructor(private readonly sheets: SheetsService) {}

  /** Reads what may be known of a person at work: what stands, what was decided before, and where all of it was taken back. */
  @Get()
  @Can('disclosure.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<SheetsOfPerson> {
    return this.sheets.read(actor, id);
  }

  /** Notes what the person decides may be known, of one employer or of any; what was decided before ends. */
  @Post()
  @Can('disclosure.decide')
  async decide(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(DecideDisclosure) command: DecideDisclosure): Promise<Created<SheetsOfPerson>> {
    await this.sheets.decide(actor, id, command);
    return created(`/api/v1/participants/${id}/disclosure`, await this.sheets.read(actor, id));
  }

  /** Takes back one thing that one group may know. */
  @Post('items/:item/revoke')
  @HttpCode(200)
  @Can('disclosure.decide')
  async revoke(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('item') item: string, @Input(RevokeItem) { version }: RevokeItem): Promise<SheetsOfPerson> {
    await this.sheets.revoke(actor, id, item, version);
    return this.sheets.read(actor, id);
  }

  /** Takes back a whole decision: nothing of it may be known any more. Where it was one employer's, nothing may be known there until the person decides for it again. */
  @Post('sheets/:sheet/end')
  @HttpCode(200)
  @Can('disclosure.decide')
  async end(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('sheet') sheet: string, @Input(EndSheet) { version }: EndSheet): Promise<SheetsOfPerson> {
    await this.sheets.end(actor, id, sheet, version);
    return this.sheets.read(actor, id);
  }
}
