import { Injectable } from '@nestjs/common';

/** Set when the process has been asked to stop: it finishes what it has begun and takes nothing new. */
@Injectable()
export class Draining {
  begun = false;
}
