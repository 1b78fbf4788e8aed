import { startApp } from '../support/app';
import { walls } from './walls';

// As the owner, whom row-level security does not stop: what is refused here is refused by the application alone.
walls('the guard and the visibility of the application, without row-level security', () => startApp({ connectAs: 'owner' }));
