import { Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Input, PathId } from '../../../platform/web/input';
import { created, type Created } from '../../../platform/web/page';
import { ParticipantsService } from '../register/participants.service';
import { AddFamilyMember, AskWashingtonGroup, EditFamilyMember, EditProfile, EditRecognition, RecognitionGiven, type ProfileView } from './profile.dto';
import { ProfileService } from './profile.service';

@ApiTags('participants')
@Controller('api/v1/participants/:id')
export class ProfileApi {
  constructor(
    private readonly profiles: ProfileService,
    private readonly participants: ParticipantsService,
  ) {}

  @Get('profile')
  @Can('participant.read')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ProfileView> {
    await this.participants.open(actor, id);
    return this.profiles.of(actor, id);
  }

  @Put('profile')
  @Can('participant.edit')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditProfile) command: EditProfile): Promise<ProfileView> {
    await this.profiles.editProfile(actor, id, command);
    return this.profiles.of(actor, id);
  }

  @Post('recognitions')
  @Can('participant.edit')
  async addRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(RecognitionGiven) command: RecognitionGiven): Promise<Created> {
    const recognition = await this.profiles.addRecognition(actor, id, command);
    return created(`/api/v1/participants/${id}/profile`, await this.profiles.recognition(actor, id, recognition));
  }

  @Put('recognitions/:recognition')
  @Can('participant.edit')
  async editRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('recognition') recognition: string, @Input(EditRecognition) command: EditRecognition): Promise<ProfileView> {
    await this.profiles.editRecognition(actor, id, recognition, command);
    return this.profiles.of(actor, id);
  }

  @Post('washington-group')
  @Can('participant.edit')
  async ask(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AskWashingtonGroup) command: AskWashingtonGroup): Promise<Created> {
    await this.profiles.ask(actor, id, command);
    return created(`/api/v1/participants/${id}/profile`, await this.profiles.of(actor, id));
  }

  @Post('family')
  @Can('participant.edit')
  async addMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddFamilyMember) command: AddFamilyMember): Promise<Created> {
    await this.profiles.addMember(actor, id, command);
    return created(`/api/v1/participants/${id}/profile`, await this.profiles.of(actor, id));
  }

  @Put('family/:member')
  @Can('participant.edit')
  async editMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('member') member: string, @Input(EditFamilyMember) command: EditFamilyMember): Promise<ProfileView> {
    await this.profiles.editMember(actor, id, member, command);
    return this.profiles.of(actor, id);
  }

  @Delete('family/:member')
  @HttpCode(200)
  @Can('participant.edit')
  async removeMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('member') member: string): Promise<ProfileView> {
    await this.profiles.removeMember(actor, id, member);
    return this.profiles.of(actor, id);
  }
}
