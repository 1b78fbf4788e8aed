import { startApp } from '../support/app';
import { walls } from './walls';

// As the owner, whom row-level security does not stop: what is refused here is refused by the application alone.
// The roles whose work has not come yet are stopped by the guard, before the database is asked: the other run has tried them.
walls('the guard and the visibility of the application, without row-level security', () => startApp({ connectAs: 'owner' }), ['coach', 'manager', 'officer', 'editor', 'administrator']);
