import type { Day as CalendarDay } from '../../platform/days';
import { Back } from '../../platform/web/back';
import { Day, Email, Flag, Id, OneOf, PhoneNumber, Rule, Text, Whole } from '../../platform/web/fields';
import { COUNTRIES } from '../programmes';
import { CONTACT_ROLES, DEALING_KINDS, DEALING_MODES, DEALING_OUTCOMES, SIZES, type Employer, type EmployerContact, type EmployerDealing, type EmployerSite } from './employers.entities';
import { ahead, nextTogether, tookNoTime } from './employers.problems';

const VERSION = { min: 1, max: 1_000_000_000 };
export const SORTS = ['name', 'place', 'sector', 'next'] as const;
export const PAGE_SIZE = 50;

/** Which employers are shown. */
export class EmployersFilter {
  @Text({ max: 100, optional: true, description: 'Words of the name, the place or the sector; accents and order do not matter' }) q?: string;
  @Text({ max: 100, optional: true, description: 'One sector' }) sector?: string;
  @Flag({ optional: true, description: 'Only those whose next contact is due' }) due?: boolean;
  @OneOf(SORTS, { optional: true }) sort?: (typeof SORTS)[number];
  @OneOf(['asc', 'desc'], { optional: true }) order?: 'asc' | 'desc';
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

class EmployerTold {
  @Text({ max: 200 }) name!: string;
  @Text({ max: 40, optional: true, description: 'Number in the register of companies: SIRET, RUC …' }) registration?: string;
  @OneOf(COUNTRIES, { optional: true, description: 'The country of the service when absent' }) country?: string;
  @Text({ max: 200, optional: true, description: 'Town or district' }) place?: string;
  @Text({ max: 100, optional: true }) sector?: string;
  @OneOf(SIZES, { optional: true, description: 'How many people work there' }) size?: (typeof SIZES)[number];
  @Flag({ optional: true, description: 'A public employer' }) isPublic?: boolean;
  @Text({ max: 2000, multiline: true, optional: true, description: 'About the employer, never about a person accompanied' }) note?: string;
}
export class CreateEmployer extends EmployerTold {
  @Flag({ optional: true, description: 'None of those who look alike is this one' }) confirmedNew?: boolean;
}
export class EditEmployer extends EmployerTold {
  @Whole(VERSION) version!: number;
}
/** What comes next with an employer, and when; both left out: nothing is planned. */
@Rule<PlanNext>(['nextOn', 'nextWhat'], ({ nextOn, nextWhat }) => (nextOn && !nextWhat ? nextTogether('nextWhat').fields : nextWhat && !nextOn ? nextTogether('nextOn').fields : null))
export class PlanNext {
  @Day({ optional: true }) nextOn?: string;
  @Text({ max: 200, optional: true }) nextWhat?: string;
  @Whole(VERSION) version!: number;
}

export class AddSite {
  @Text({ max: 200 }) name!: string;
  @Text({ max: 200, optional: true }) place?: string;
}
export class EditSite extends AddSite {
  @Day({ optional: true, description: 'Since when nobody works there any more' }) closedOn?: string;
  @Whole(VERSION) version!: number;
}

export class AddPartnerContact {
  @Text({ max: 200 }) name!: string;
  @OneOf(CONTACT_ROLES) role!: (typeof CONTACT_ROLES)[number];
  @Id({ optional: true, description: 'At one site; of the whole employer when absent' }) siteId?: string;
  @PhoneNumber({ optional: true }) phone?: string;
  @Email({ optional: true }) email?: string;
}
export class EditPartnerContact extends AddPartnerContact {
  @Day({ optional: true, description: 'Since when they are not there any more' }) leftOn?: string;
  @Whole(VERSION) version!: number;
}

@Rule<LogDealing>(['happenedOn'], ({ happenedOn }, { today }) => (happenedOn && today && happenedOn > today ? ahead('happenedOn').fields : null))
@Rule<LogDealing>(['minutes', 'outcome'], ({ minutes, outcome }) => (minutes === 0 && outcome === 'done' ? tookNoTime().fields : null))
export class LogDealing {
  @OneOf(DEALING_KINDS) kind!: (typeof DEALING_KINDS)[number];
  @OneOf(DEALING_MODES) mode!: (typeof DEALING_MODES)[number];
  @Id({ optional: true, description: 'With whom of those noted there' }) contactId?: string;
  @Day({ optional: true, description: 'Today when absent; never later' }) happenedOn?: string;
  @Whole({ min: 0, max: 1440, description: 'At least 1 where it took place' }) minutes!: number;
  @OneOf(DEALING_OUTCOMES) outcome!: (typeof DEALING_OUTCOMES)[number];
  @Text({ max: 4000, multiline: true, optional: true, description: 'About the employer, never about a person accompanied' }) note?: string;
}
export class CorrectDealing extends LogDealing {
  @Whole(VERSION) version!: number;
}
export class WithdrawDealing {
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole(VERSION) version!: number;
}

/** The employer that a decision about what may be known is asked for. */
export class SheetFilter extends Back {
  @Id({ optional: true }) employer?: string;
  @Text({ max: 100, optional: true, description: 'Words of its name, place or sector' }) q?: string;
}

/** Which employer stays. */
export class MergeFilter extends Back {
  @Id({ optional: true }) into?: string;
  @Text({ max: 100, optional: true, description: 'Words of its name' }) q?: string;
}
export class MergeEmployer {
  @Id({ description: 'The one that stays' }) into!: string;
  @Whole(VERSION) version!: number;
}

export interface EmployerRow {
  id: string;
  name: string;
  place: string | null;
  sector: string | null;
  size: string | null;
  nextOn: CalendarDay | null;
  nextWhat: string | null;
  /** Day of the last dealing that took place. */
  lastOn: CalendarDay | null;
}
export interface EmployersPageView {
  items: EmployerRow[];
  total: number;
  page: number;
  size: number;
}
export interface SiteView { id: string; name: string; place: string | null; closedOn: CalendarDay | null; version: number }
export interface PartnerContactView {
  id: string;
  siteId: string | null;
  siteName: string | null;
  name: string;
  role: string;
  phone: string | null;
  email: string | null;
  leftOn: CalendarDay | null;
  version: number;
}
export interface DealingView {
  id: string;
  kind: string;
  mode: string;
  contactId: string | null;
  contactName: string | null;
  happenedOn: CalendarDay;
  minutes: number;
  outcome: string;
  note: string | null;
  recordedByName: string | null;
  withdrawn: { at: string; reason: string } | null;
  may: { correct: boolean; withdraw: boolean };
  version: number;
}
export interface EmployerView {
  id: string;
  name: string;
  registration: string | null;
  country: string;
  place: string | null;
  sector: string | null;
  size: string | null;
  isPublic: boolean;
  note: string | null;
  nextOn: CalendarDay | null;
  nextWhat: string | null;
  /** The record that stays, where this one was a double. */
  mergedInto: string | null;
  version: number;
}
export interface WholeEmployerView extends EmployerView {
  sites: SiteView[];
  contacts: PartnerContactView[];
  dealings: DealingView[];
}
/** An employer to choose from, or that looks like one about to be written. */
export interface EmployerChoice { id: string; name: string; place: string | null; registration: string | null }
/** How much moves when a double goes. */
export interface MergePreview { sites: number; contacts: number; dealings: number; jobs: number; applications: number; agreements: number; sheets: number }

export function employerView({ id, name, registration, country, place, sector, size, isPublic, note, nextOn, nextWhat, mergedInto, version }: Employer): EmployerView {
  return { id, name, registration, country, place, sector, size, isPublic, note, nextOn, nextWhat, mergedInto, version };
}
export function siteView({ id, name, place, closedOn, version }: EmployerSite): SiteView {
  return { id, name, place, closedOn, version };
}
export function contactView({ id, siteId, name, role, phone, email, leftOn, version }: EmployerContact, sites: readonly EmployerSite[]): PartnerContactView {
  return { id, siteId, siteName: sites.find((one) => one.id === siteId)?.name ?? null, name, role, phone, email, leftOn, version };
}
export function dealingView(one: EmployerDealing, contactName: string | null, recordedByName: string | null, may: DealingView['may']): DealingView {
  const { id, kind, mode, contactId, happenedOn, minutes, outcome, note, withdrawnAt, withdrawnReason, version } = one;
  return { id, kind, mode, contactId, contactName, happenedOn, minutes, outcome, note, recordedByName, withdrawn: withdrawnAt && { at: withdrawnAt.toISOString(), reason: withdrawnReason! }, may, version };
}
