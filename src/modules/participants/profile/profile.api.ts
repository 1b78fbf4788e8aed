import { Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Input, PathId } from '../../../platform/web/input';
import { created, type Created } from '../../../platform/web/page';
import { ParticipantsService } from '../register/participants.service';
import { AddFamilyMember, AskWashingtonGroup, EditFamilyMember, EditProfile, EditRecognition, RecognitionGiven, type ProfileView, type RecognitionView } from './profile.dto';
import { ProfileService } from './profile.service';

@ApiTags('participants')
@Controller('api/v1/participants/:id')
export class ProfileApi {
  constructor(
    private readonly profiles: ProfileService,
    private readonly participants: ParticipantsService,
  ) {}

  /** Reads the profile of a person: recognitions, needs, Washington Group answers, family. */
  @Get('profile')
  @Can('participant.read')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ProfileView> {
    await this.participants.open(actor, id);
    return this.profiles.of(actor, id);
  }

  /** Changes families of disability and support needs. */
  @Put('profile')
  @Can('participant.edit')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditProfile) command: EditProfile): Promise<ProfileView> {
    await this.profiles.editProfile(actor, id, command);
    return this.profiles.of(actor, id);
  }

  /** Adds a recognition of disability. */
  @Post('recognitions')
  @Can('participant.edit')
  async addRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(RecognitionGiven) command: RecognitionGiven): Promise<Created<RecognitionView>> {
    const recognition = await this.profiles.addRecognition(actor, id, command);
    return created(`/api/v1/participants/${id}/profile`, await this.profiles.recognition(actor, id, recognition));
  }

  /** Changes a recognition of disability. */
  @Put('recognitions/:recognition')
  @Can('participant.edit')
  async editRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('recognition') recognition: string, @Input(EditRecognition) command: EditRecognition): Promise<ProfileView> {
    await this.profiles.editRecognition(actor, id, recognition, command);
    return this.profiles.of(actor, id);
  }

  /** Notes the answers to the Washington Group short set. */
  @Post('washington-group')
  @Can('participant.edit')
  async ask(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AskWashingtonGroup) command: AskWashingtonGroup): Promise<Created<ProfileView>> {
    await this.profiles.ask(actor, id, command);
    return created(`/api/v1/participants/${id}/profile`, await this.profiles.of(actor, id));
  }

  /** Adds a family member. */
  @Post('family')
  @Can('participant.edit')
  async addMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddFamilyMember) command: AddFamilyMember): Promise<Created<ProfileView>> {
    await this.profiles.addMember(actor, id, command);
    return created(`/api/v1/participants/${id}/profile`, await this.profiles.of(actor, id));
  }

  /** Changes a family member. */
  @Put('family/:member')
  @Can('participant.edit')
  async editMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('member') member: string, @Input(EditFamilyMember) command: EditFamilyMember): Promise<ProfileView> {
    await this.profiles.editMember(actor, id, member, command);
    return this.profiles.of(actor, id);
  }

  /** Removes a family member. */
  @Delete('family/:member')
  @HttpCode(200)
  @Can('participant.edit')
  async removeMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('member') member: string): Promise<ProfileView> {
    await this.profiles.removeMember(actor, id, member);
    return this.profiles.of(actor, id);
  }
}
