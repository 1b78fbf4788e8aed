import { Injectable } from '@nestjs/common';
import { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { newId } from '../../../platform/id';
import { notFound } from '../../../platform/problem';
import { AuditService } from '../../audit';
import { ProgrammesService, ServiceSitesService } from '../../programmes';
import { Membership, User } from '../identity.entities';
import { alreadyHeld, changedMeanwhile, emailTaken, lastAdministrator, membershipEnded, notYourself } from '../identity.problems';
import { SessionsService } from '../sessions/sessions.service';
import { CredentialsRepository } from '../sign-in/credentials.repository';
import { checkedMembership, isTheSame } from './membership-scope';
import { membershipView, userView, type EditUser, type MembershipView, type NewMembership, type NewUser, type UsersFilter, type UserView } from './users.dto';
import { PAGE_SIZE, UsersRepository } from './users.repository';

/** Accounts and their memberships. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly users: UsersRepository,
    private readonly programmes: ProgrammesService,
    private readonly sites: ServiceSitesService,
    private readonly sessions: SessionsService,
    private readonly credentials: CredentialsRepository,
    private readonly audit: AuditService,
  ) {}

  /** Names by id, for pages that show who did something. */
  async names(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.every((id) => id === actor.id)) return new Map(ids.map((id) => [id, actor.name]));
    return new Map((await this.users.names(ids)).map(({ id, name }) => [id, name]));
  }

  /** Coaches of the actor's service today, by name. */
  async coachesOf(actor: Actor): Promise<{ id: string; name: string }[]> {
    return actor.service ? this.users.coaches() : [];
  }

  async list(actor: Actor, filter: UsersFilter): Promise<{ items: UserView[]; total: number; page: number; pages: number }> {
    const [found, total] = await this.users.list(actor, filter, this.clock.today(actor.timeZone));
    const memberships = await this.memberships(actor, found.map(({ id }) => id));
    return { items: found.map((one) => userView(one, memberships.get(one.id) ?? [])), total, page: filter.page ?? 1, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) };
  }

  async user(actor: Actor, id: string): Promise<UserView> {
    const user = await this.users.get(actor, id);
    return userView(user, (await this.memberships(actor, [id])).get(id) ?? []);
  }

  async userByEmail(actor: Actor, email: string): Promise<UserView | null> {
    const user = await this.users.findByEmail(actor, email);
    return user && this.user(actor, user.id);
  }

  /** A new account with its memberships; a password comes by a one-time link, or as a hash where a world is built. */
  async addUser(actor: Actor, { name, email, language, memberships, passwordHash }: NewUser): Promise<UserView> {
    if (await this.users.findByEmail(actor, email)) throw emailTaken();
    const at = this.clock.now();
    const user: User = { id: newId(), email: email.toLowerCase(), name, language, disabledAt: null, createdAt: at, version: 1 };
    const rows: Membership[] = [];
    for (const one of memberships) rows.push(await this.checked(actor, user.id, one));
    await this.users.add(user, rows);
    if (passwordHash) await this.asSignIn(actor, () => this.users.addCredential({ userId: user.id, passwordHash, changedAt: at }));
    await this.audit.record(actor, 'user.added', { kind: 'user', id: user.id }, { roles: rows.map(({ role }) => role) });
    return this.user(actor, user.id);
  }

  async editUser(actor: Actor, id: string, { version, name, email, language }: EditUser): Promise<UserView> {
    const user = await this.users.get(actor, id);
    const other = await this.users.findByEmail(actor, email);
    if (other && other.id !== id) throw emailTaken();
    const patch = { name, email: email.toLowerCase(), language };
    await this.database.updateOne(User, { id, version }, patch);
    const changed = (Object.keys(patch) as (keyof typeof patch)[]).filter((key) => patch[key] !== user[key]);
    await this.audit.record(actor, 'user.edited', { kind: 'user', id }, { fields: changed });
    return this.user(actor, id);
  }

  /** From the commit on nobody works under this account: its sessions and links end, its tokens are refused. */
  async disable(actor: Actor, id: string, version?: number): Promise<UserView> {
    if (actor.id === id) throw notYourself();
    const user = await this.users.get(actor, id);
    if (user.disabledAt) return this.user(actor, id);
    asSeen(user, version);
    await this.anotherAdministrator(actor, id);
    await this.database.updateOne(User, user, { disabledAt: this.clock.now() });
    await this.asSignIn(actor, async () => {
      await this.sessions.endAllOf(id);
      await this.credentials.endLinks(id, this.clock.now());
    });
    await this.audit.record(actor, 'user.disabled', { kind: 'user', id });
    return this.user(actor, id);
  }

  async enable(actor: Actor, id: string, version?: number): Promise<UserView> {
    const user = await this.users.get(actor, id);
    if (!user.disabledAt) return this.user(actor, id);
    asSeen(user, version);
    await this.database.updateOne(User, user, { disabledAt: null });
    await this.audit.record(actor, 'user.enabled', { kind: 'user', id });
    return this.user(actor, id);
  }

  /** Nobody gives a role to themselves: an administrator would read cases. One role at one place is held once at a time. */
  async addMembership(actor: Actor, userId: string, command: NewMembership): Promise<MembershipView> {
    if (actor.id === userId) throw notYourself();
    await this.users.get(actor, userId);
    const membership = await this.checked(actor, userId, command);
    await this.users.lock(userId);
    if ((await this.users.membershipsOf(actor, [userId])).some((one) => isTheSame(one, membership))) throw alreadyHeld();
    await this.users.addMembership(membership);
    const view = (await this.viewsOf(actor, [membership]))[0]!;
    const { id, role, serviceId, siteId, programmeId, federationId, place, startsOn, endsOn, fullTimePercent } = view;
    await this.audit.record(actor, 'membership.added', { kind: 'user', id: userId }, said({ membershipId: id, role, place, serviceId, siteId, programmeId, federationId, startsOn, endsOn, fullTimePercent }));
    return view;
  }

  /** From now on; one that has not begun never begins. */
  async endMembership(actor: Actor, userId: string, id: string, version?: number): Promise<void> {
    const membership = await this.users.membership(actor, id);
    if (membership.userId !== userId) throw notFound();
    const today = await this.todayAt(actor, membership);
    if (membership.endsOn !== null && membership.endsOn <= today) throw membershipEnded();
    if (actor.membership === id) throw notYourself();
    const endsOn = membership.startsOn > today ? membership.startsOn : today;
    asSeen(membership, version);
    if (membership.role === 'administrator' && membership.startsOn <= today) await this.anotherAdministrator(actor, userId);
    await this.database.updateOne(Membership, membership, { endsOn });
    await this.asSignIn(actor, () => this.sessions.endAllOf(userId, id));
    const [{ role, place }] = await this.viewsOf(actor, [membership]) as [MembershipView];
    await this.audit.record(actor, 'membership.ended', { kind: 'user', id: userId }, said({ membershipId: id, role, place, endsOn }));
  }

  /** The actor's own memberships that count today. */
  async activeMemberships(actor: Actor): Promise<MembershipView[]> {
    return ((await this.memberships(actor, [actor.id!])).get(actor.id!) ?? []).filter((one) => one.isActive);
  }

  /**
   * Whoever takes an administrator away waits for whoever else does, so that two never take each other. Another one counts who can sign in, and for at
   * least as long as the one who goes. @throws Problem 409 when none would be left
   */
  private async anotherAdministrator(actor: Actor, than: string): Promise<void> {
    const today = this.clock.today();
    await this.users.lockAdministrators(today);
    const all = await this.asSignIn(actor, () => this.users.administrators(today));
    const gone = all.find(({ id }) => id === than);
    if (gone && !all.some(({ id, endsOn }) => id !== than && (endsOn === null || (gone.endsOn !== null && endsOn >= gone.endsOn)))) throw lastAdministrator();
  }

  private checked(actor: Actor, userId: string, command: NewMembership): Promise<Membership> {
    return checkedMembership(actor, this.programmes, this.sites, userId, command);
  }

  private async memberships(actor: Actor, userIds: readonly string[]): Promise<Map<string, MembershipView[]>> {
    const found = await this.users.membershipsOf(actor, userIds);
    const views = await this.viewsOf(actor, found);
    const byUser = new Map<string, MembershipView[]>();
    found.forEach((one, index) => byUser.set(one.userId, [...(byUser.get(one.userId) ?? []), views[index]!]));
    return byUser;
  }

  private async viewsOf(actor: Actor, memberships: readonly Membership[]): Promise<MembershipView[]> {
    const ids = (of: (one: Membership) => string | null): string[] => memberships.map(of).filter((id): id is string => id !== null);
    const services = await this.programmes.servicesByIds(actor, ids(({ serviceId }) => serviceId));
    const programmes = await this.programmes.programmesByIds(actor, ids(({ programmeId }) => programmeId));
    const federations = await this.programmes.federationsByIds(actor, ids(({ federationId }) => federationId));
    const sites = await this.sites.names(actor, ids(({ siteId }) => siteId));
    return memberships.map((one) => {
      const service = services.get(one.serviceId ?? '');
      const place = service ?? programmes.get(one.programmeId ?? '') ?? federations.get(one.federationId ?? '');
      return membershipView(one, place?.name ?? null, sites.get(one.siteId ?? '') ?? null, this.clock.today(service?.timeZone ?? 'UTC'));
    });
  }

  private async todayAt(actor: Actor, membership: Membership): Promise<string> {
    if (!membership.serviceId) return this.clock.today();
    return this.clock.today((await this.programmes.service(actor, membership.serviceId)).timeZone);
  }

  private asSignIn<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return this.database.as(Actor.system('sign-in', null, { onBehalfOf: actor.id }), work);
  }
}

/** An act on what somebody else has changed since it was read: there are no two values to choose from, so it is shown as it is now. */
function asSeen(row: { version: number }, version: number | undefined): void {
  if (version !== undefined && version !== row.version) throw changedMeanwhile();
}

/** Without what is not there. */
function said<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null)) as Partial<T>;
}
