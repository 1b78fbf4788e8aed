import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActorSource, Rights } from '../../platform/access/sources';
import { AuditModule } from '../audit';
import { ProgrammesModule } from '../programmes';
import { AccessToken, Credential, KnownBrowser, Membership, OneTimeLink, Session, SignInAttempt, User } from './identity.entities';
import { IdentityRights } from './identity.rights';
import { Passwords } from './passwords';
import { PurgeRepository } from './purge/purge.repository';
import { PurgeService } from './purge/purge.service';
import { Actors } from './sessions/actors';
import { IdentityActorSource } from './sessions/identity-actor-source';
import { SessionCookies } from './sessions/session-cookies';
import { SessionsApi } from './sessions/sessions.api';
import { SessionsPages } from './sessions/sessions.pages';
import { SessionsRepository } from './sessions/sessions.repository';
import { SessionsService } from './sessions/sessions.service';
import { ShownOnce } from './shown-once';
import { AttemptsRepository } from './sign-in/attempts.repository';
import { Authenticator } from './sign-in/authenticator';
import { CredentialsRepository } from './sign-in/credentials.repository';
import { LinksService } from './sign-in/links.service';
import { PasswordService } from './sign-in/password.service';
import { SignInPages } from './sign-in/sign-in.pages';
import { SignInService } from './sign-in/sign-in.service';
import { TokensApi } from './tokens/tokens.api';
import { TokensPages } from './tokens/tokens.pages';
import { TokensRepository } from './tokens/tokens.repository';
import { TokensService } from './tokens/tokens.service';
import { UsersApi } from './users/users.api';
import { UsersPages } from './users/users.pages';
import { UsersRepository } from './users/users.repository';
import { UsersService } from './users/users.service';

@Global()
@Module({
  imports: [AuditModule, ProgrammesModule, TypeOrmModule.forFeature([User, Credential, Membership, Session, AccessToken, OneTimeLink, SignInAttempt, KnownBrowser])],
  controllers: [SignInPages, SessionsPages, SessionsApi, UsersPages, UsersApi, TokensPages, TokensApi],
  providers: [
    UsersRepository, UsersService, SessionsRepository, SessionsService, SessionCookies, Actors, Passwords, ShownOnce,
    AttemptsRepository, CredentialsRepository, SignInService, Authenticator, PasswordService, LinksService, TokensRepository, TokensService, PurgeRepository, PurgeService,
    { provide: ActorSource, useClass: IdentityActorSource }, { provide: Rights, useClass: IdentityRights },
  ],
  exports: [UsersService, SessionsService, TokensService, LinksService, Passwords, PurgeService, ActorSource, Rights],
})
export class IdentityModule {}
