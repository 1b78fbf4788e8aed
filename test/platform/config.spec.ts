import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config, loadConfig, VARIABLES } from '../../src/platform/config';
import { ConfigurationFaults } from '../../src/platform/stop';

const faults = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationFaults) return error.faults;
    throw error;
  }
  return [];
};

describe('configuration', () => {
  it('needs nothing on one machine', () => {
    const config = loadConfig({});
    expect(config).toBeInstanceOf(Config);
    expect(config).toMatchObject({ databaseUrl: null, url: 'http://localhost:3000', secure: false, host: '127.0.0.1', port: 3000, poolSize: 10, demonstration: true });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('lists every fault at once', () => {
    const found = faults({ PORT: 'http', POOL_SIZE: '1', JALON_URL: 'http://jalon.example.org', LOG_LEVEL: 'loud', JALON_DEMO: 'yes', TRUSTED_PROXIES: '10.0.0.0/64', DATABASE_URL: 'mysql://a:b@c/d', JALON_DMEO: 'off', HOST: 'a b' });
    expect(found.map((one) => one.split(' ')[0])).toEqual(['JALON_DMEO', 'DATABASE_URL', 'PORT', 'JALON_URL', 'HOST', 'TRUSTED_PROXIES', 'LOG_LEVEL', 'POOL_SIZE', 'JALON_DEMO']);
  });

  it('takes http for the loopback only, and https anywhere', () => {
    for (const url of ['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:3000', 'https://jalon.example.org']) expect(faults({ JALON_URL: url })).toEqual([]);
    for (const url of ['http://10.0.0.7', 'ftp://localhost', 'https://jalon.example.org/app', 'jalon']) expect(faults({ JALON_URL: url })).toHaveLength(1);
    expect(loadConfig({ JALON_URL: 'https://jalon.example.org/' })).toMatchObject({ url: 'https://jalon.example.org', secure: true });
  });

  it('wants two roles on one database, and never repeats a password', () => {
    const app = 'postgresql://jalon_app:s3cret@db/jalon';
    expect(faults({ DATABASE_OWNER_URL: app })).toHaveLength(1);
    expect(faults({ DATABASE_URL: app, DATABASE_OWNER_URL: app })).toHaveLength(1);
    expect(faults({ DATABASE_URL: app, DATABASE_OWNER_URL: 'postgresql://jalon_owner:x@db/other' })).toHaveLength(1);
    expect(faults({ DATABASE_URL: app, DATABASE_OWNER_URL: 'postgresql://jalon_owner:x@db/jalon' })).toEqual([]);
    expect(faults({ DATABASE_URL: 'http://jalon_app:s3cret@db/jalon' }).join()).not.toContain('s3cret');
  });

  it('.env.example lists exactly what is read', () => {
    const example = readFileSync(join(__dirname, '../../.env.example'), 'utf8');
    const listed = [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)];
    expect(listed.map((match) => match[1]).sort()).toEqual([...VARIABLES].sort());
    expect(faults(Object.fromEntries(listed.map((match) => [match[1] ?? '', match[2] ?? ''])))).toEqual([]);
  });
});
