import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Download, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { Upload, Uploaded, type UploadedFile } from '../../platform/web/uploads';
import { AccommodationsService } from '../accommodations';
import { ACCEPTED } from '../documents';
import { EmployersService } from '../employers';
import { ApplicationsService } from '../employment-advice';
import { allows } from '../identity';
import { ParticipantsService } from '../participants';
import { PlacementsService } from '../placements';
import { GAP_DAYS, GAPS } from './chains';
import { MilestonesService } from './milestones.service';
import { ABSENT_WHY, CHANGES, CHANNELS, EMPLOYER_STATUSES, LARGEST_PAPER, LEVELS, RETAINED, STATUSES, TRIED, UNKNOWN_AFTER, type Side } from './retention.lists';
import { AnswerMilestone, GapFilter, SideFilter, TryMilestone, type AnswerView } from './retention.dto';

type Params = Record<string, string>;
type Model = Promise<{ form: FormState; [key: string]: unknown }>;

/** A person's jobs with what follows them, and the one screen on which a milestone is answered. */
@ApiExcludeController()
@Controller('participants/:id')
export class MilestonesPages {
  constructor(
    private readonly milestones: MilestonesService,
    private readonly participants: ParticipantsService,
    private readonly placements: PlacementsService,
    private readonly employers: EmployersService,
    private readonly needs: AccommodationsService,
    private readonly applications: ApplicationsService,
    private readonly clock: Clock,
  ) {}

  @Get('job')
  @Can('milestone.read')
  @Page('retention/job')
  async job(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(GapFilter) { gap = GAP_DAYS }: GapFilter): Promise<object> {
    await this.participants.open(actor, id);
    const { items, chains } = await this.milestones.of(actor, id, gap);
    const jobs = await this.placements.of(actor, id);
    const titles = new Map(jobs.map((job) => [job.id, job.title]));
    const names = jobs.length ? await this.employers.names(actor, [...new Set(jobs.map((job) => job.employerId))]) : new Map<string, string>();
    return {
      header: await this.participants.header(actor, id, 'job'), may: { edit: allows(actor.role, 'placement.edit') },
      gap, gaps: GAPS,
      jobs: jobs.map((job) => {
        const all = items.filter((one) => one.placementId === job.id && one.standing !== 'cancelled');
        const milestones = all.filter((one) => one.standing !== 'job-ended');
        return { ...job, employerName: names.get(job.employerId) ?? null, milestones, notAsked: all.length - milestones.length };
      }),
      afterExit: items.filter((one) => one.anchor === 'exit' && one.standing !== 'cancelled'),
      chains: chains.map((chain) => ({ ...chain, jobs: chain.placementIds.map((job) => titles.get(job)!) })), needs: await this.needs.of(actor, id), noneKnownOn: await this.needs.noneKnownOn(actor, id),
      applications: await this.applications.of(actor, id),
    };
  }

  @Get('milestones/:milestone')
  @Can('milestone.read')
  @Page('retention/milestone')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @Filter(SideFilter) filter: SideFilter): Model {
    return this.model(actor, { id, milestone }, filter);
  }

  @Post('milestones/:milestone')
  @Can('milestone.answer')
  @Upload('file', { max: LARGEST_PAPER })
  @Form('retention/milestone', 'model')
  async answer(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @Filter(SideFilter) _: SideFilter, @Input(AnswerMilestone) command: AnswerMilestone, @Uploaded() file: UploadedFile | null,
  ): Promise<Redirect> {
    await this.milestones.answer(actor, id, milestone, command, file);
    return redirect(`/participants/${id}/milestones/${milestone}`, 'retention.notice.answered');
  }

  @Get('milestones/:milestone/attempts')
  @Can('milestone.answer')
  @Page('retention/attempt')
  attemptForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @Filter(SideFilter) filter: SideFilter): Model {
    return this.model(actor, { id, milestone }, filter);
  }

  @Post('milestones/:milestone/attempts')
  @Can('milestone.answer')
  @Form('retention/attempt', 'model')
  async attempt(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @Filter(SideFilter) _: SideFilter, @Input(TryMilestone) command: TryMilestone): Promise<Redirect> {
    await this.milestones.attempt(actor, id, milestone, command);
    return redirect(`/participants/${id}/milestones/${milestone}`, 'retention.notice.tried');
  }

  @Get('milestones/:milestone/papers/:proof')
  @Can('milestone.read')
  paper(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('milestone') milestone: string, @PathId('proof') proof: string): Promise<Download> {
    return this.milestones.paper(actor, id, milestone, proof);
  }

  async model(actor: Actor, { id, milestone }: Params, query: SideFilter, state?: FormState): Model {
    const person = await this.participants.read(actor, id!);
    const known = await this.milestones.open(actor, id!, milestone!);
    const job = (await this.placements.of(actor, id!)).find((one) => one.id === known.placementId) ?? null;
    const line = (await this.milestones.of(actor, id!)).items.filter((one) => one.placementId === known.placementId && one.enrolmentId === known.enrolmentId && one.standing !== 'cancelled');
    const typed = state?.values.side;
    const side: Side = (typed === 'worker' || typed === 'employer' ? typed : query.side) ?? 'worker';
    const today = this.clock.today(actor.timeZone);
    return {
      person: { id: person.id, name: person.name }, milestone: { ...known, answers: known.answers.map(shown), worker: known.worker && shown(known.worker), employer: known.employer && shown(known.employer) }, job, line, place: line.findIndex((one) => one.id === known.id) + 1, side, wasSent: state !== undefined,
      isEarly: today < known.dueOn, tried: known.attempts.filter((one) => one.side === side).length, unknownAfter: UNKNOWN_AFTER,
      goneOn: job?.state === 'running' && known.worker !== null && !RETAINED.includes(known.worker.status) && !['unknown', 'refused'].includes(known.worker.status),
      may: { answer: allows(actor.role, 'milestone.answer') && known.standing !== 'cancelled' && today >= known.dueOn && (side === 'worker' || known.employerPermitted) },
      choices: { statuses: side === 'worker' ? STATUSES : EMPLOYER_STATUSES, channels: CHANNELS, tried: TRIED, why: ABSENT_WHY, changes: CHANGES, levels: LEVELS.filter((one) => one !== (side === 'worker' ? 'employer' : 'worker')) }, accept: ACCEPTED,
      action: `/participants/${person.id}/milestones/${known.id}`, form: blankForm({ side, answeredOn: today, triedOn: today, level: side === 'worker' ? 'worker' : 'employer', channel: 'call' }),
    };
  }
}

/** With the number of bars of its evidence. */
function shown(one: AnswerView): AnswerView & { bars: number } {
  return { ...one, bars: LEVELS.indexOf(one.level) + 1 };
}
