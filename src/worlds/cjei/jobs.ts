import { MONTHS } from '../../modules/retention';
import type { Stream } from '../streams';
import { EMPLOYERS, type Site } from './places';

const TITLES: Record<Site, readonly string[]> = {
  cusco: ['Auxiliar de limpieza', 'Ayudante de cocina', 'Mantenimiento de jardines', 'Lavandería', 'Recepción', 'Auxiliar de almacén'],
  'san-juan': ['Reponedor', 'Reponedora de tienda', 'Auxiliar de almacén', 'Empaque', 'Atención al cliente', 'Auxiliar de limpieza'],
};
/** A job as it went. Days are counted from the admission, or from the first day worked. */
export interface InventedJob {
  employer: number;
  title: string;
  contract: 'permanent' | 'fixed' | 'seasonal' | 'none-written';
  weeklyHours: number;
  /** Céntimos a month. */
  wage: number;
  /** From the admission to the first day worked. */
  after: number;
  /** Days that it lasted; null: it lasts. */
  lasted: number | null;
  evidence: 'contract' | 'payslip' | 'employer-word' | 'worker-word';
  end: { by: 'worker' | 'employer' | 'term'; reason: 'better-job' | 'transport' | 'term' | 'economic' | 'health' } | null;
  followUps: InventedFollowUp[];
}

/** What came of a milestone, where its day came while the person had the job. */
export interface InventedFollowUp {
  month: number;
  /** Null: nobody has asked yet. */
  said: 'at-work' | 'absent' | 'refused' | 'unknown' | null;
  /** Days after the milestone's own day. */
  after: number;
  channel: 'call' | 'in-person' | 'message';
}

/** What became of somebody who found work. */
export interface InventedWork {
  jobs: InventedJob[];
  /** What the employer may know; null: not decided yet. */
  disclosed: 'support' | 'nothing' | null;
  /** After nine months in a job the support goes on call; after a year it ends. */
  later: 'standby' | 'leaves' | null;
}

export function inventWork(own: (question: string) => Stream, site: Site, admitted: number): InventedWork {
  const jobs = jobsOf(own('jobs'), site, admitted).map((job, index) => ({ ...job, followUps: followUpsOf(own(`follow-ups|${index}`)) }));
  return { jobs, disclosed: own('disclosed').pick(['support', 'support', 'nothing', null] as const), later: own('later').pick(['standby', 'leaves', null, null, null] as const) };
}

type Job = Omit<InventedJob, 'followUps'>;
const ENDS = [{ by: 'worker', reason: 'better-job' }, { by: 'worker', reason: 'transport' }, { by: 'employer', reason: 'economic' }, { by: 'worker', reason: 'health' }] as const;

/** One job, half of them over. Who left for a better one has begun it within days; of the others one in three found another, mostly before thirty days had passed. */
function jobsOf(stream: Stream, site: Site, admitted: number): Job[] {
  const after = stream.between(20, Math.min(200, admitted - 45));
  const first = jobOf(stream, site, after, admitted);
  if (first.lasted === null) return [first];
  const isBetter = first.end!.reason === 'better-job';
  if (!isBetter && stream.below(3) > 0) return [first];
  const again = after + first.lasted + (isBetter ? stream.between(0, 6) : stream.between(5, 40));
  return again > admitted - 10 ? [first] : [first, { ...jobOf(stream, site, again, admitted), employer: (first.employer + 1) % EMPLOYERS[site].length, lasted: null, end: null }];
}

function jobOf(stream: Stream, site: Site, after: number, admitted: number): Job {
  const contract = stream.pick(['permanent', 'fixed', 'fixed', 'fixed', 'seasonal', 'none-written'] as const);
  const most = admitted - after - 5;
  const ended = stream.below(100) < 50 ? Math.min(stream.between(8, 420), most) : null;
  const lasted = ended !== null && ended > 0 ? ended : null;
  const byTerm = contract !== 'permanent' && contract !== 'none-written' && stream.below(2) === 0;
  return {
    employer: stream.below(EMPLOYERS[site].length), title: stream.pick(TITLES[site]), contract, weeklyHours: stream.pick([20, 24, 30, 36, 40, 48]), wage: stream.between(60, 140) * 1_000, after, lasted,
    evidence: stream.pick(['contract', 'payslip', 'employer-word', 'worker-word'] as const), end: lasted === null ? null : byTerm ? { by: 'term', reason: 'term' } : stream.pick(ENDS),
  };
}

/** Of every milestone, whether its day comes or not. Who could not be reached once often cannot be the next time. */
function followUpsOf(stream: Stream): InventedFollowUp[] {
  let isLost = false;
  return MONTHS.map((month) => {
    const [way, mood] = [stream.below(100), stream.below(100)];
    isLost = month > 1 && way < (isLost ? 60 : 12);
    const said = isLost ? 'unknown' : mood < 3 ? 'refused' : mood < 8 ? 'absent' : mood < 12 ? null : 'at-work';
    return { month, said, after: stream.between(0, 21), channel: stream.pick(['call', 'call', 'in-person', 'message'] as const) };
  });
}
