import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Back, formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { ParticipantsService } from '../participants';
import { SectionFor, WriteSection } from './assessments.dto';
import { AssessmentsService } from './assessments.service';
import { SECTIONS, type Section } from './sections';

type Params = Record<string, string>;

/** The form of one section. The profile itself is read on the tab of the plans. */
@ApiExcludeController()
@Controller('participants/:id/vocational-profile')
export class AssessmentsPages {
  constructor(
    private readonly assessments: AssessmentsService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('profile.write')
  @Page('assessments/section')
  form(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(SectionFor) { section, back }: SectionFor): Promise<object> {
    return this.model(actor, id, section, back);
  }

  @Post()
  @Can('profile.write')
  @Form('assessments/section', 'sectionForm')
  async write(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) { back }: Back, @Input(WriteSection) command: WriteSection): Promise<Redirect> {
    const isChanged = await this.assessments.write(actor, id, command);
    return redirect(ownPath(back) ?? `/participants/${id}/plan`, `assessments.notice.${isChanged ? 'written' : 'unchanged'}`);
  }

  sectionForm(actor: Actor, { id }: Params, { back }: Back, { values }: { values: Record<string, unknown> }): Promise<object> {
    return this.model(actor, id!, SECTIONS.find((one) => one === values.section) ?? null, back);
  }

  /** @param section null where what was sent names none: it is chosen in the form */
  private async model(actor: Actor, id: string, section: Section | null, back: string | undefined): Promise<object> {
    const person = await this.participants.open(actor, id);
    const { sections } = await this.assessments.profile(actor, id);
    const known = sections.find((one) => one.section === section);
    return {
      person, section, sections: SECTIONS, known: known?.words ? known : null, ...formWay(`/participants/${id}/vocational-profile`, `/participants/${id}/plan`, back),
      form: blankForm({ words: known?.words ?? '', ownWords: known?.ownWords ?? false, writtenOn: this.clock.today(actor.timeZone), version: known?.version ?? 0 }),
    };
  }
}
