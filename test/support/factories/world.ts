import { ProtocolsService, shippedProtocols, type Pathway } from '../../../src/modules/pathways';
import { ProgrammesService } from '../../../src/modules/programmes';
import type { Language } from '../../../src/platform/access/actor';
import type { TestApp, TestUser } from '../app';

export interface WorldOptions {
  /** Part of every name, so that a world is known by its words. */
  name?: string;
  timeZone?: string;
  country?: string;
  language?: Language;
  /** Another service of the same programme. */
  beside?: World;
}

/** One service in its programme, with somebody in each role that has work to do. */
export interface World {
  federation: string;
  programme: string;
  operation: string;
  service: string;
  ana: TestUser;
  ben: TestUser;
  manager: TestUser;
  editor: TestUser;
  officer: TestUser;
  administrator: TestUser;
  /** The published protocol of each pathway, adopted by the programme. */
  protocols: Partial<Record<Pathway, string>>;
}

let worlds = 0;

/** Built through the services as the system, as an administrator would. */
export async function aWorld(app: TestApp, { name = `World ${(worlds += 1)}`, timeZone = 'Europe/Paris', country = 'FR', language = 'en', beside }: WorldOptions): Promise<World> {
  const programmes = app.get(ProgrammesService);
  const opensOn = '2025-01-01';
  const ground = await app.asSystem(async (system) => {
    const federation = beside?.federation ?? (await programmes.addFederation(system, { name: `${name} federation`, country })).id;
    const programme = beside?.programme ?? (await programmes.addProgramme(system, { federationId: federation, name: `${name} programme`, opensOn })).id;
    const operation = beside?.operation ?? (await programmes.addOperation(system, { programmeId: programme, name: `${name} operation`, opensOn })).id;
    const service = (await programmes.addService(system, { federationId: federation, name: `${name} service`, place: 'Lyon', country, timeZone, language })).id;
    await programmes.joinProgramme(system, programme, { serviceId: service, opensOn });
    return { federation, programme, operation, service };
  });
  const protocols = await app.asSystem(async (system) => {
    const published: World['protocols'] = {};
    for (const document of shippedProtocols()) await app.get(ProtocolsService).install(system, document);
    for (const { id, pathway } of await app.get(ProtocolsService).newestShipped(system)) {
      published[pathway] = id;
      if (!beside) await app.get(ProtocolsService).adopt(system, { programmeId: ground.programme, versionId: id });
    }
    return published;
  }, 'protocols');
  const here = { serviceId: ground.service };
  return {
    ...ground,
    protocols,
    ana: await app.user('coach', here, { name: `${name} Ana`, language }),
    ben: await app.user('coach', here, { name: `${name} Ben`, language }),
    manager: await app.user('manager', here, { name: `${name} Manager`, language }),
    editor: await app.user('editor', { federationId: ground.federation }, { name: `${name} Editor`, language }),
    officer: await app.user('officer', { programmeId: ground.programme }, { name: `${name} Officer`, language }),
    administrator: await app.user('administrator', {}, { name: `${name} Administrator`, language }),
  };
}
