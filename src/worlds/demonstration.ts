import type { INestApplicationContext } from '@nestjs/common';
import { UsersService } from '../modules/identity';
import { ProtocolsService, shippedProtocols } from '../modules/pathways';
import { Actor } from '../platform/access/actor';
import { Database } from '../platform/database/database';
import { ACCOUNTS } from './cjei/accounts';
import { CjeiWorld } from './cjei/build';

/** True when nobody has an account yet. */
export async function isEmpty(application: INestApplicationContext): Promise<boolean> {
  const database = application.get(Database, { strict: false });
  const [row] = await database.read(Actor.system('world'), () => database.sql<{ empty: boolean }>('select not exists (select from app_user) as empty'));
  return row!.empty;
}

/** True when the accounts are there, so that the start may print them. */
export async function isThere(application: INestApplicationContext): Promise<boolean> {
  const world = Actor.system('world');
  return (await application.get(Database, { strict: false }).read(world, () => application.get(UsersService, { strict: false }).userByEmail(world, ACCOUNTS[0]!.email))) !== null;
}

/** The protocols that come with the product: drafts or published, as far as their requirements can be judged. Again does no harm. */
export async function installProtocols(application: INestApplicationContext): Promise<void> {
  const system = Actor.system('protocols');
  const protocols = application.get(ProtocolsService, { strict: false });
  await application.get(Database, { strict: false }).write(system, async () => {
    for (const document of shippedProtocols()) await protocols.install(system, document);
  });
}

/** What a start shows: a small part of the world CJEI, all or nothing, so that a start that was cut off in the middle finds an empty database again. */
export async function fillDemonstration(application: INestApplicationContext): Promise<void> {
  await new CjeiWorld(application).fill('demonstration');
}
