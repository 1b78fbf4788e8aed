import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { Filter, PathId } from '../../../platform/web/input';
import { Page } from '../../../platform/web/page';
import { dialled } from '../../../platform/web/phone';
import { ActivitiesService, KIND_ICONS, QuickContact } from '../../activities';
import { CaseloadsService } from '../../caseloads';
import { InformationService, ParticipantsService, ProfileService } from '../../participants';
import { StepsService, type TrackView, type VerdictView } from '../../pathways';
import { GAP_DAYS, GAPS, LEVELS } from '../../retention';
import { SHOWN, TimelineFilter } from './timeline.dto';
import { TimelineService } from './timeline.service';

@ApiExcludeController()
@Controller('participants')
export class PersonPages {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly profiles: ProfileService,
    private readonly information: InformationService,
    private readonly caseloads: CaseloadsService,
    private readonly activities: ActivitiesService,
    private readonly steps: StepsService,
    private readonly timeline: TimelineService,
    private readonly quick: QuickContact,
    private readonly clock: Clock,
  ) {}

  /** The first page of a person: what presses, what happened, what is known at a glance. */
  @Get(':id')
  @Can('participant.read')
  @Page('desk/person')
  async overview(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(TimelineFilter) filter: TimelineFilter): Promise<object> {
    const person = await this.participants.open(actor, id);
    const header = await this.participants.header(actor, id, 'overview');
    const show = filter.show ?? 'all';
    return {
      header, person: { ...person, phones: person.phones.map((phone) => ({ ...phone, dial: dialled(phone.number) })) }, show, shown: SHOWN, gap: filter.gap ?? GAP_DAYS, gaps: GAPS, icons: KIND_ICONS, bars: Object.fromEntries(LEVELS.map((level, index) => [level, index + 1])), today: this.clock.today(actor.timeZone), filtered: show !== 'all' || filter.before !== undefined,
      timeline: await this.timeline.of(actor, id, filter),
      facts: await this.facts(actor, id), onward: await this.onward(actor, header.tracks.filter((one) => !one.closed)),
      quick: await this.quick.of(actor, { chosen: [id], from: 'person' }),
    };
  }

  private async facts(actor: Actor, id: string): Promise<object> {
    const recognitions = (await this.profiles.of(actor, id)).recognitions.filter((one) => one.state === 'granted' && one.holds);
    const { measures } = await this.information.of(actor, id);
    const lead = (await this.caseloads.historyOf(actor, id)).find((one) => one.kind === 'lead' && one.withdrawnOn === null && one.fromOn <= this.clock.today(actor.timeZone)) ?? null;
    return {
      recognitions: recognitions.map(({ scheme, validUntil }) => ({ scheme, validUntil })), asked: measures.length > 0,
      measures: measures.filter((one) => one.holds && one.kind !== 'none').map(({ kind, holder }) => ({ kind, holder })),
      lead: lead && { name: lead.coachName, fromOn: lead.fromOn }, lastContactOn: (await this.activities.last(actor, [id])).get(id) ?? null,
    };
  }

  /** For each open enrolment, the way on along its line: how much of it is met. */
  private async onward(actor: Actor, tracks: readonly TrackView[]): Promise<{ enrolmentId: string; stays: boolean; verdict: VerdictView }[]> {
    const found: { enrolmentId: string; stays: boolean; verdict: VerdictView }[] = [];
    for (const track of tracks) {
      const verdict = wayOn(track, await this.steps.possible(actor, track.enrolmentId));
      if (verdict) found.push({ enrolmentId: track.enrolmentId, stays: verdict.to === track.now.key, verdict });
    }
    return found;
  }
}

/** The step that asks for something and leads to the nearest stage further on; else the review of the stage. A step back, or out for a reason, is nobody's next thing to do. */
function wayOn({ position, now, stones }: Pick<TrackView, 'position' | 'now' | 'stones'>, possible: readonly VerdictView[]): VerdictView | null {
  const place = (one: VerdictView): number => stones.findIndex(({ key }) => key === one.to) + 1;
  const asking = possible.filter((one) => one.met.length + one.unmet.length > 0);
  const [next] = asking.filter((one) => place(one) > position && !(one.toEnd && one.reasons.length)).sort((a, b) => place(a) - place(b));
  return next ?? asking.find((one) => one.to === now.key) ?? null;
}
