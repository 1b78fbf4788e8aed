import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { ConfigurationFaults } from './stop';

/** What the environment says, validated once. Also the injection token. */
export class Config {
  /** Run-time role; null: the embedded server. */
  readonly databaseUrl!: string | null;
  /** Owner of the tables, for `jalon db …` and the start; never used to serve a request. */
  readonly databaseOwnerUrl!: string | null;
  /** Where people reach Jalon, without a final slash. */
  readonly url!: string;
  /** Cookies are `Secure` and HSTS is sent when people come by https. */
  readonly secure!: boolean;
  readonly host!: string;
  readonly port!: number;
  /** Folder of the keys and of the embedded server. */
  readonly state!: string;
  readonly logLevel!: LogLevel;
  /** Addresses, ranges or the names of Express (`loopback`, …) whose X-Forwarded-For is believed. */
  readonly trustedProxies!: readonly string[];
  /** Connections of one process. */
  readonly poolSize!: number;
  /** An empty database is filled with the demonstration by `npm start`. */
  readonly demonstration!: boolean;

  constructor(values: Config) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

export type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Every variable that is read; `.env.example` lists the same (test). */
export const VARIABLES = [
  'DATABASE_URL', 'DATABASE_OWNER_URL', 'POOL_SIZE', 'JALON_URL', 'HOST', 'PORT', 'TRUSTED_PROXIES', 'JALON_STATE', 'JALON_DEMO', 'LOG_LEVEL',
] as const;
type Variable = (typeof VARIABLES)[number];
type Environment = Record<string, string | undefined>;

/** Reads and validates the environment; throws `ConfigurationFaults` with every fault in one list. */
export function loadConfig(env: Environment = process.env): Config {
  const faults: string[] = [];
  const text = (name: Variable): string | null => env[name]?.trim() || null;
  const fault = (name: Variable, rule: string): void => void faults.push(`${name} ${rule}`);
  const whole = (name: Variable, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === null) return fallback;
    const number = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    fault(name, `must be a whole number from ${min} to ${max}, not "${value}"`);
    return fallback;
  };
  const oneOf = <T extends string>(name: Variable, list: readonly T[], fallback: T): T => {
    const value = text(name) ?? fallback;
    if (!(list as readonly string[]).includes(value)) fault(name, `must be one of ${list.join(', ')}, not "${value}"`);
    return value as T;
  };
  const database = (name: Variable): URL | null => {
    const value = text(name);
    if (value === null) return null;
    const url = URL.canParse(value) ? new URL(value) : null;
    // The value is not repeated: it holds a password.
    if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.username || url.pathname.length < 2) fault(name, 'must be postgresql://role:password@host:port/database');
    return url;
  };

  for (const name of Object.keys(env)) {
    if (name.startsWith('JALON_') && !(VARIABLES as readonly string[]).includes(name)) faults.push(`${name} is not a variable of Jalon`);
  }
  const runTime = database('DATABASE_URL');
  const owner = database('DATABASE_OWNER_URL');
  if (owner && !runTime) fault('DATABASE_OWNER_URL', 'is set, but DATABASE_URL is not');
  if (owner && runTime && owner.username === runTime.username) fault('DATABASE_OWNER_URL', 'must name another role than DATABASE_URL');
  if (owner && runTime && owner.pathname !== runTime.pathname) fault('DATABASE_OWNER_URL', 'must name the same database as DATABASE_URL');

  const port = whole('PORT', 3000, 1, 65535);
  const address = text('JALON_URL') ?? `http://localhost:${port}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) {
    fault('JALON_URL', `must be an address like https://jalon.example.org, not "${address}"`);
  } else if (url.protocol === 'http:' && !LOOPBACK.includes(url.hostname)) {
    fault('JALON_URL', `must be https: http is for this machine only (${LOOPBACK.join(', ')})`);
  }

  const host = text('HOST') ?? '127.0.0.1';
  if (!isIP(host) && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) fault('HOST', `must be an address or a name to listen on, not "${host}"`);
  const trustedProxies = (text('TRUSTED_PROXIES') ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  for (const one of trustedProxies) if (!isRange(one)) fault('TRUSTED_PROXIES', `must list addresses, ranges or ${PROXY_NAMES.join(', ')}, not "${one}"`);

  const values: Config = {
    databaseUrl: text('DATABASE_URL'),
    databaseOwnerUrl: text('DATABASE_OWNER_URL'),
    url: url?.origin ?? address,
    secure: url?.protocol === 'https:',
    host,
    port,
    state: resolve(text('JALON_STATE') ?? '.jalon'),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    trustedProxies: Object.freeze(trustedProxies),
    poolSize: whole('POOL_SIZE', 10, 2, 100),
    demonstration: oneOf('JALON_DEMO', ['on', 'off'], 'on') === 'on',
  };
  if (faults.length > 0) throw new ConfigurationFaults('The configuration is wrong:', faults);
  return new Config(values);
}

/** The same, after the file `.env` of the working folder, which never replaces a variable that is set. */
export function loadConfigFile(file = '.env'): Config {
  if (existsSync(file)) process.loadEnvFile(file);
  return loadConfig();
}

/** Begun by `npm start` or the like, whose shell does not pass signals on. */
export function startedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}

function isRange(text: string): boolean {
  if (PROXY_NAMES.includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  return family > 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}
