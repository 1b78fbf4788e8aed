export { ActivitiesModule } from './activities.module';
export { ActivitiesService } from './activities.service';
export { KIND_ICONS, QuickContact, type QuickModel } from './quick-contact';
export { ContactLogged } from './activities.events';
export { KINDS, type Kind } from './activity.entity';
export type { ActivityView, LogContact } from './activities.dto';
