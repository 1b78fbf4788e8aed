import type { Actor, MembershipRole } from '../../../platform/access/actor';
import { newId } from '../../../platform/id';
import { wrongField } from '../../../platform/problem';
import type { ProgrammesService, ServiceSitesService } from '../../programmes';
import type { Membership } from '../identity.entities';
import { notForRole, scopeMissing } from '../identity.problems';
import type { NewMembership } from './users.dto';

const PLACES = ['serviceId', 'programmeId', 'federationId'] as const;
type Scope = (typeof PLACES)[number];

/** What a membership of each role is about; an administrator's is about the platform. */
export const SCOPES: Record<MembershipRole, Scope | null> = {
  coach: 'serviceId', manager: 'serviceId', cashier: 'serviceId', team: 'serviceId', employer: 'serviceId', participant: 'serviceId', complaints: 'serviceId',
  officer: 'programmeId', funder: 'programmeId', editor: 'federationId', reviewer: 'federationId', administrator: null,
};

/** A membership that makes sense: the scope its role needs and no other, there, and days in order. */
export async function checkedMembership(actor: Actor, programmes: ProgrammesService, sites: ServiceSitesService, userId: string, command: NewMembership): Promise<Membership> {
  const { role, siteId = null, startsOn, endsOn = null, fullTimeShare = null } = command;
  const needed = SCOPES[role];
  const id = needed && command[needed];
  if (needed && !id) throw scopeMissing(needed);
  const other = PLACES.find((one) => one !== needed && command[one]);
  if (other) throw notForRole(other);
  if (siteId && needed !== 'serviceId') throw notForRole('siteId');
  if (fullTimeShare !== null && role !== 'coach') throw notForRole('fullTimePercent');
  if (needed && id && !(await exists(actor, programmes, needed, id))) throw wrongField(needed, 'not-in-list');
  if (siteId && !(await sites.openOf(actor, [id!])).some((one) => one.id === siteId)) throw wrongField('siteId', 'not-in-list');
  if (endsOn && endsOn < startsOn) throw wrongField('endsOn', 'before-start');
  return {
    id: newId(), userId, role, siteId, startsOn, endsOn, fullTimeShare, version: 1,
    serviceId: needed === 'serviceId' ? id! : null, programmeId: needed === 'programmeId' ? id! : null, federationId: needed === 'federationId' ? id! : null,
  };
}

/** The same role at the same place, on some of the same days. */
export function isTheSame(one: Membership, other: Membership): boolean {
  const isThere = one.role === other.role && one.serviceId === other.serviceId && one.programmeId === other.programmeId && one.federationId === other.federationId;
  // The first day of both: one that was ended before it began has no day at all, and holds nothing.
  const from = one.startsOn > other.startsOn ? one.startsOn : other.startsOn;
  return isThere && (one.endsOn === null || one.endsOn > from) && (other.endsOn === null || other.endsOn > from);
}

async function exists(actor: Actor, programmes: ProgrammesService, scope: Scope, id: string): Promise<boolean> {
  const found = scope === 'serviceId' ? await programmes.servicesByIds(actor, [id])
    : scope === 'programmeId' ? await programmes.programmesByIds(actor, [id]) : await programmes.federationsByIds(actor, [id]);
  return found.has(id);
}
