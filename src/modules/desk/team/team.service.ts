import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { UsersService } from '../../identity';
import { weightAt } from '../../pathways';
import { TeamRepository } from './team.repository';

export interface CoachLoad {
  coachId: string;
  name: string;
  people: number;
  enrolments: number;
  weight: number;
  late: number;
  warned: number;
}

/** How the work of the service is shared out. */
@Injectable()
export class TeamService {
  constructor(
    private readonly team: TeamRepository,
    private readonly users: UsersService,
  ) {}

  /** Every coach of today, and whoever still leads somebody; the heaviest caseload first. */
  async loads(actor: Actor): Promise<CoachLoad[]> {
    const coaches = new Map((await this.users.coachesOf(actor)).map((one) => [one.id, one.name]));
    const stages = await this.team.stages(actor);
    const people = new Map((await this.team.people(actor)).map((one) => [one.coach_id, one]));
    const missing = [...people.keys()].filter((id) => !coaches.has(id));
    for (const [id, name] of await this.users.names(actor, missing)) coaches.set(id, name);
    const loads = [...coaches].map(([coachId, name]): CoachLoad => {
      const own = stages.filter((one) => one.coach_id === coachId);
      const { people: count = 0, late = 0, warned = 0 } = people.get(coachId) ?? {};
      return {
        coachId, name, people: count, enrolments: own.reduce((sum, one) => sum + one.count, 0),
        weight: Math.round(own.reduce((sum, one) => sum + one.count * weightAt(one.stage), 0) * 10) / 10, late, warned,
      };
    });
    return loads.sort((a, b) => b.weight - a.weight || b.people - a.people || a.name.localeCompare(b.name) || (a.coachId < b.coachId ? -1 : 1));
  }
}
