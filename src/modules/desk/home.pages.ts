import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { CurrentActor, Public } from '../../platform/access/can';
import { NoUnit, redirect, type Redirect } from '../../platform/web/page';
import { homeOf } from './navigation';

@ApiExcludeController()
@Controller()
export class HomePages {
  /** Everybody begins where their work begins; a stranger at the door. */
  @Get()
  @Public()
  @NoUnit()
  home(@CurrentActor() actor: Actor): Redirect {
    return redirect(actor.role === 'anonymous' ? '/sign-in' : homeOf(actor.role));
  }
}
