import { Injectable } from '@nestjs/common';
import type { Actor, Role } from '../../platform/access/actor';
import { Navigation, type NavigationItem, type NavigationSection } from '../../platform/web/navigation';
import { AgendaService } from '../agenda';
import { allows } from '../identity';

interface Entry {
  href: string;
  label: string;
  icon: string;
  right: string;
}
interface Section {
  title: string | null;
  entries: Entry[];
}

const TODAY = '/today';
const SECTIONS: Section[] = [
  {
    title: null,
    entries: [
      { href: TODAY, label: 'desk.nav.today', icon: 'today', right: 'today.read' },
      { href: '/caseload', label: 'desk.nav.caseload', icon: 'people', right: 'caseload.read' },
      { href: '/team', label: 'desk.nav.team', icon: 'chart', right: 'team.read' },
      { href: '/milestones', label: 'desk.nav.milestones', icon: 'flag', right: 'milestone.read' },
      { href: '/reports', label: 'desk.nav.reports', icon: 'chart', right: 'report.read' },
      { href: '/users', label: 'desk.nav.users', icon: 'people', right: 'user.read' },
      { href: '/programmes', label: 'desk.nav.programmes', icon: 'building', right: 'programme.read' },
      { href: '/audit', label: 'desk.nav.audit', icon: 'history', right: 'audit.read' },
    ],
  },
  {
    title: 'desk.nav.service',
    entries: [
      { href: '/employers', label: 'desk.nav.employers', icon: 'building', right: 'employer.read' },
      { href: '/protocols', label: 'desk.nav.protocols', icon: 'layers', right: 'protocol.read' },
      { href: '/imports', label: 'desk.nav.imports', icon: 'download', right: 'import.read' },
    ],
  },
];

/** Where one looks after the own account. */
const OWN: Entry[] = [
  { href: '/sessions', label: 'identity.sessions.title', icon: 'history', right: 'session.own' },
  { href: '/password', label: 'identity.password.title', icon: 'lock', right: 'password.own' },
  { href: '/memberships', label: 'identity.memberships.title', icon: 'user', right: 'membership.own' },
  { href: '/tokens', label: 'identity.tokens.title', icon: 'shield', right: 'token.own' },
];

/** The entries of a role: those whose right it has. Where nothing stands above them they need no title. */
function entriesOf(role: Role): Section[] {
  const kept = SECTIONS.map((section) => ({ ...section, entries: section.entries.filter((entry) => allows(role, entry.right)) })).filter((section) => section.entries.length);
  return kept.map((section, index) => (index === 0 ? { ...section, title: null } : section));
}

/** Where a role begins its day. */
export function homeOf(role: Role): string {
  return entriesOf(role)[0]?.entries[0]?.href ?? '/menu';
}

/** The navigation beside every page: what this role may open, with what waits for this user. */
@Injectable()
export class DeskNavigation extends Navigation {
  constructor(private readonly agenda: AgendaService) {
    super();
  }

  override own(actor: Actor): NavigationItem[] {
    return OWN.filter(({ right }) => allows(actor.role, right)).map(({ href, label, icon }) => ({ href, label, icon, count: null }));
  }

  async of(actor: Actor): Promise<NavigationSection[]> {
    const sections = entriesOf(actor.role);
    const waiting = allows(actor.role, 'today.read') ? await this.agenda.countToday(actor) : 0;
    const item = ({ href, label, icon }: Entry): NavigationItem => ({ href, label, icon, count: href === TODAY && waiting > 0 ? waiting : null });
    return sections.map(({ title, entries }) => ({ title, items: entries.map(item) }));
  }
}
