import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Page } from '../../../platform/web/page';
import { TeamService } from './team.service';

@ApiExcludeController()
@Controller('team')
export class TeamPages {
  constructor(private readonly team: TeamService) {}

  @Get()
  @Can('team.read')
  @Page('desk/team')
  async show(@CurrentActor() actor: Actor): Promise<object> {
    const loads = await this.team.loads(actor);
    const sum = (of: (one: (typeof loads)[number]) => number): number => Math.round(loads.reduce((all, one) => all + of(one), 0) * 10) / 10;
    return {
      loads: loads.map((one) => ({ ...one, heaviest: Math.max(1, loads[0]?.weight ?? 1) })),
      total: { people: sum((one) => one.people), weight: sum((one) => one.weight), late: sum((one) => one.late), warned: sum((one) => one.warned) },
    };
  }
}
