export { DisclosureModule } from './disclosure.module';
export { DisclosureService } from './disclosure.service';
export { DisclosureDecided } from './disclosure.events';
export { ANSWERS, DecideDisclosure, EndSheet, FIELD_OF, RevokeItem, type SheetView } from './disclosure.dto';
export { AUDIENCES, FACTS, SPEAKS_FOR_EMPLOYER, type Audience, type Fact } from './disclosure.entities';
