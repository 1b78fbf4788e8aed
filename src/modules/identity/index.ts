export { IdentityModule } from './identity.module';
export { UsersService } from './users/users.service';
export { SessionsService } from './sessions/sessions.service';
export { TokensService } from './tokens/tokens.service';
export { LinksService, type LinkMade } from './sign-in/links.service';
export { Passwords } from './passwords';
export { PurgeService } from './purge/purge.service';
export { AddUser, GIVEN_ROLES, newMembership, type MembershipView, type NewMembership, type NewUser, type UserView } from './users/users.dto';
export { RIGHTS, allows } from './rights';
