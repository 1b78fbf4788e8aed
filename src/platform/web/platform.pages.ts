import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../access/actor';
import { CurrentActor, Public } from '../access/can';
import { Navigation } from './navigation';
import { Page } from './page';

/** Every cookie that a browser is given, by its name; a test finds the others. */
const COOKIES = ['sid', 'browser', 'form', 'lang', 'notice', 'once'];

/** Pages that tell of the product itself. */
@ApiExcludeController()
@Controller()
export class PlatformPages {
  constructor(private readonly navigation: Navigation) {}

  @Get('help')
  @Public()
  @Page('platform/help')
  help(): object {
    return {};
  }

  @Get('accessibility')
  @Public()
  @Page('platform/accessibility')
  accessibility(): object {
    return {};
  }

  @Get('privacy')
  @Public()
  @Page('platform/privacy')
  privacy(): object {
    return { cookies: COOKIES };
  }

  @Get('menu')
  @Public()
  @Page('platform/menu')
  menu(@CurrentActor() actor: Actor): object {
    return { own: this.navigation.own(actor) };
  }
}
