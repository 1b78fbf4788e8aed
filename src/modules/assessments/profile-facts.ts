import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { FactsRegistry, type Fact, type FactSubject, type Requirement } from '../pathways';
import { AssessmentsRepository } from './assessments.repository';
import type { ProfileSection } from './profile-section.entity';
import { SECTIONS, type Section } from './sections';

/** What a protocol may ask of the vocational profile: that these sections are written, in the person's own words where it says so. Optional ones are named and never asked for. */
@Injectable()
export class ProfileFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly sections: AssessmentsRepository,
  ) {}

  onModuleInit(): void {
    this.facts.register('profile', (actor, subject, requirement, on) => this.gather(actor, subject, requirement, on), canBeMet);
  }

  private async gather(actor: Actor, { participantId }: FactSubject, { params = {} }: Requirement, on: Day): Promise<Fact> {
    const asked = SECTIONS.filter((one) => (params.sections as readonly string[] | undefined)?.includes(one));
    return factOf(participantId, await this.sections.ofParticipant(actor, participantId), asked, params.inOwnWords === true, on);
  }
}

/** A protocol that asks for a section that no profile has asks for what nobody can write. */
export function canBeMet({ sections, optional = [], inOwnWords = false, ...others }: Record<string, unknown>): boolean {
  const known = (list: unknown): boolean => Array.isArray(list) && list.every((one) => (SECTIONS as readonly unknown[]).includes(one));
  return Object.keys(others).length === 0 && known(sections) && (sections as unknown[]).length > 0 && known(optional) && typeof inOwnWords === 'boolean';
}

/** Each section asked for counts once; what is missing is named, each with the form in which it is written. */
export function factOf(participantId: string, written: readonly Pick<ProfileSection, 'id' | 'section' | 'sinceOn' | 'ownSinceOn' | 'ownWords'>[], asked: readonly Section[], inOwnWords: boolean, on: Day): Fact {
  const since = (section: Section): Day | null => {
    const one = written.find((known) => known.section === section);
    const day = (inOwnWords ? one?.ownSinceOn : one?.sinceOn) ?? null;
    return day !== null && day <= on ? day : null;
  };
  const missing = asked.filter((section) => since(section) === null);
  const there = written.filter(({ section }) => asked.includes(section) && since(section) !== null);
  return {
    have: asked.length - missing.length, need: asked.length, metOn: missing.length ? null : asked.map((section) => since(section)!).sort().at(-1) ?? null,
    evidence: there.map(({ id, ownWords }) => ({ kind: 'profile-section', id, level: ownWords ? 'worker' as const : 'coach' as const })),
    where: missing.length ? sectionPath(participantId, missing[0]!) : `/participants/${participantId}/plan#profile`,
    missing: missing.map((section) => ({ code: section, words: `assessments.section.${section}`, where: sectionPath(participantId, section) })),
  };
}

export const sectionPath = (participantId: string, section: Section): string => `/participants/${participantId}/vocational-profile?section=${section}`;
