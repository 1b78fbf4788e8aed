import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Actor } from '../access/actor';
import { Public } from '../access/can';
import { Database } from '../database/database';
import { Problem } from '../problem';
import { Draining } from './draining';
import { NoUnit } from './page';

/** For what watches over the process: alive, and ready to serve. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly draining: Draining,
  ) {}

  @Get('healthz')
  @Public()
  @NoUnit()
  @HttpCode(200)
  alive(): { status: string } {
    return { status: 'alive' };
  }

  @Get('readyz')
  @Public()
  @NoUnit()
  async ready(): Promise<{ status: string }> {
    if (this.draining.begun) throw new Problem(503, 'unavailable');
    await this.database.read(Actor.system('health'), () => this.database.sql('select 1'));
    return { status: 'ready' };
  }
}
