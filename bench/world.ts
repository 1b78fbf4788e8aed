import { installProtocols } from '../src/worlds/demonstration';
import { CjeiWorld } from '../src/worlds/cjei/build';
import { createApp } from '../src/app';
import type { Config } from '../src/platform/config';
import type { Line } from './lines';
import type { BenchServer } from './server';

/** Seconds in which the whole world of the demonstration stands, on two cores. */
const MOST = 60;

/** World cjei from nothing, through the services. */
export async function world(server: BenchServer, config: Config): Promise<Line> {
  console.error('building world cjei …');
  const { appUrl } = await server.database('bench_world');
  const app = await createApp({ config, databaseUrl: appUrl, keys: { context: server.keys.context, app: server.keys.app } });
  const began = performance.now();
  await installProtocols(app);
  const added = await new CjeiWorld(app).fill('whole');
  const seconds = (performance.now() - began) / 1000;
  await app.close();
  return { what: `world cjei, ${added} people`, value: `${seconds.toFixed(1)} s`, bound: `≤ ${MOST} s`, within: seconds <= MOST };
}
