import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/can';
import { Page } from './page';

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
    return {};
  }

  @Get('menu')
  @Public()
  @Page('platform/menu')
  menu(): object {
    return {};
  }
}
