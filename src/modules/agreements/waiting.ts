import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Events } from '../../platform/events';
import { MeasureChanged } from '../participants';
import { AgreementsService } from './agreements.service';

/** An agreement that waits for the signature beside the person looks again, once it is no longer asked for. */
@Injectable()
export class WaitingAgreements implements OnModuleInit {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(MeasureChanged, 'agreements', (event, system) => this.agreements.completeWaiting(system, event.participantId));
  }
}
