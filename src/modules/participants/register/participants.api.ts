import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor, Reads } from '../../../platform/access/can';
import { Input, PathId } from '../../../platform/web/input';
import { created, type Created } from '../../../platform/web/page';
import { CancelHandOver, CaseloadsService, ChangeHandOver, HandOver, type AssignmentView } from '../../caseloads';
import { ParticipantsService } from './participants.service';
import { EditContact, EditIdentity, FindPeople, LookFor, RegisterParticipant, type FoundPerson, type LikelyDuplicate, type ParticipantView } from './register.dto';

/** Names never stand in an address: looking for somebody is a POST. */
@ApiTags('participants')
@Controller('api/v1/participants')
export class ParticipantsApi {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly caseloads: CaseloadsService,
  ) {}

  /** Looks for a person among those whom the user may see, by name, accents and order aside. A token that only reads may call it. */
  @Post('search')
  @HttpCode(200)
  @Can('participant.search')
  @Reads()
  async find(@CurrentActor() actor: Actor, @Input(FindPeople) { q }: FindPeople): Promise<{ items: FoundPerson[] }> {
    return { items: await this.participants.find(actor, q) };
  }

  /** Looks in the whole service for people who may be the same, before one is registered. A token that only reads may call it. */
  @Post('duplicates')
  @HttpCode(200)
  @Can('participant.create')
  @Reads()
  async duplicates(@CurrentActor() actor: Actor, @Input(LookFor) command: LookFor): Promise<{ items: LikelyDuplicate[] }> {
    return { items: await this.participants.likelyDuplicates(actor, command) };
  }

  /** Registers a person and gives them a coach. */
  @Post()
  @Can('participant.create')
  async register(@CurrentActor() actor: Actor, @Input(RegisterParticipant) command: RegisterParticipant): Promise<Created<ParticipantView>> {
    const id = await this.participants.register(actor, command);
    return created(`/api/v1/participants/${id}`, await this.participants.read(actor, id));
  }

  /** Reads the identity and contact of a person. */
  @Get(':id')
  @Can('participant.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ParticipantView> {
    return this.participants.open(actor, id);
  }

  /** Changes the identity of a person. */
  @Put(':id/identity')
  @Can('participant.edit')
  async editIdentity(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditIdentity) command: EditIdentity): Promise<ParticipantView> {
    await this.participants.editIdentity(actor, id, command);
    return this.participants.read(actor, id);
  }

  /** Changes how a person is reached. */
  @Put(':id/contact')
  @Can('participant.edit')
  async editContact(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditContact) command: EditContact): Promise<ParticipantView> {
    await this.participants.editContact(actor, id, command);
    return this.participants.read(actor, id);
  }

  /** Lists who has accompanied a person, from when to when. */
  @Get(':id/assignments')
  @Can('caseload.read')
  async assignments(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: AssignmentView[] }> {
    await this.participants.open(actor, id);
    return { items: await this.caseloads.historyOf(actor, id) };
  }

  /** Hands a person over to another coach. */
  @Post(':id/hand-over')
  @HttpCode(200)
  @Can('caseload.hand-over')
  async handOver(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(HandOver) command: HandOver): Promise<{ items: AssignmentView[] }> {
    await this.caseloads.handOver(actor, id, command);
    return { items: await this.caseloads.historyOf(actor, id) };
  }

  /** Plans a hand-over that has not begun for another day or coach. */
  @Post(':id/hand-over/change')
  @HttpCode(200)
  @Can('caseload.hand-over')
  async changeHandOver(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChangeHandOver) command: ChangeHandOver): Promise<{ items: AssignmentView[] }> {
    await this.caseloads.changeHandOver(actor, id, command);
    return { items: await this.caseloads.historyOf(actor, id) };
  }

  /** Cancels a hand-over that has not begun: the present coach goes on. */
  @Post(':id/hand-over/cancel')
  @HttpCode(200)
  @Can('caseload.hand-over')
  async cancelHandOver(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(CancelHandOver) command: CancelHandOver): Promise<{ items: AssignmentView[] }> {
    await this.caseloads.cancelHandOver(actor, id, command);
    return { items: await this.caseloads.historyOf(actor, id) };
  }
}
