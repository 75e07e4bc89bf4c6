import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../src/command-table.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (name: string): string => readFileSync(resolve(ROOT, name), 'utf8');

/** Instructions of a Dockerfile, continued lines joined. */
function instructions(text: string): [name: string, value: string][] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.replace(/\s.*$/, ''), line.replace(/^\S+\s+/, '')]);
}

const steps = instructions(read('Dockerfile'));
const last = (name: string): string | undefined => steps.findLast(([step]) => step === name)?.[1];

/** The arguments of the JSON form, which starts no shell. */
const words = (value: string | undefined): string[] => JSON.parse(value ?? '') as string[];

test('the image runs the gateway as a user without privileges', () => {
  expect(last('USER')).toBe('node');
  expect(words(last('ENTRYPOINT'))).toEqual(['openclaw']);
  expect(COMMANDS).toHaveProperty([words(last('CMD')).slice(0, 2).join(' ')]);
  expect(words(last('CMD'))).toContain('lan');
});

test('its health check asks the gateway', () => {
  const [, command] = /CMD (\[.*\])$/.exec(last('HEALTHCHECK') ?? '') ?? [];
  expect(words(command)).toEqual(['openclaw', 'gateway', 'status']);
});

test('it needs the release of Node and pnpm that the repository names', () => {
  const { packageManager } = JSON.parse(read('package.json')) as { packageManager: string };
  const { engines } = JSON.parse(read('apps/cli/package.json')) as { engines: { node: string } };
  const [, major] = /node:(\d+)/.exec(last('FROM') ?? '') ?? [];
  expect(Number(major)).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)?.[0]));
  expect(read('Dockerfile')).toContain(`npx -y ${packageManager} install --frozen-lockfile`);
});

test('no step contains a token', () => {
  expect(steps.filter(([name, value]) => /^(?:ENV|ARG)$/.test(name) && /TOKEN|KEY|PASSWORD/.test(value))).toEqual([]);
});

interface Service {
  environment?: Record<string, string>;
  ports?: string[];
  volumes: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  build?: string;
}

const compose = parse(read('compose.yaml')) as {
  services: Record<'gateway' | 'ollama', Service>;
  volumes: Record<string, null>;
};

test('the compose file needs a token, and finds Ollama beside it', () => {
  const { environment = {} } = compose.services.gateway;
  expect(environment['OPENCLAW_GATEWAY_TOKEN']).toMatch(/^\$\{OPENCLAW_GATEWAY_TOKEN:\?.+\}$/);
  expect(environment['OLLAMA_HOST']).toBe('http://ollama:11434');
  expect(compose.services.gateway.depends_on).toEqual({ ollama: { condition: 'service_healthy' } });
  expect(compose.services.ollama.healthcheck?.test).toEqual(['CMD', 'ollama', 'list']);
});

test('the compose file opens the gateway to this machine only, and Ollama to none', () => {
  expect(compose.services.gateway.ports).toEqual(['127.0.0.1:18789:18789']);
  expect(compose.services.ollama.ports).toBeUndefined();
  expect(compose.services.gateway).toMatchObject({
    build: '.',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
});

test('its volumes are where the image and Ollama keep their files', () => {
  expect(Object.keys(compose.volumes)).toEqual(['state', 'models']);
  expect(compose.services.gateway.volumes).toEqual([`state:${last('VOLUME')}`]);
  expect(compose.services.ollama.volumes).toEqual(['models:/root/.ollama']);
});
