import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/can';
import { Page } from './page';

/** Every cookie that a browser is given, by its name; a test finds the others. */
const COOKIES = ['sid', 'browser', 'form', 'lang', 'notice', 'once'];

/** Pages that tell of the product itself. */
@ApiExcludeController()
@Controller()
export class PlatformPages {
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
  menu(): object {
    return {};
  }
}
