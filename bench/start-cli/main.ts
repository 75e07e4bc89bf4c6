import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Measures the startup time of the command as ratios to a bare Node in the same run, because absolute times depend on
 * the machine. Rounds are interleaved, so that a busy moment affects all cases alike; medians are compared.
 *
 * node --conditions=@openclaw/source bench/start-cli/main.ts [--rounds 25] [--models 50] [--original
 * path/to/openclaw.mjs]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '25' },
    models: { type: 'string', default: '50' },
    original: { type: 'string' },
  },
});
const ROOT = resolve(import.meta.dirname, '../..');
const COMMAND = join(ROOT, 'apps/cli/bin/openclaw.cjs');
if (!existsSync(join(ROOT, 'apps/cli/dist/main.js')))
  throw new Error('Build the command first: pnpm --filter openclaw build');

const home = mkdtempSync(join(tmpdir(), 'start-cli-'));
const server = spawn(
  process.execPath,
  ['--conditions=@openclaw/source', join(import.meta.dirname, 'serve-models.ts'), values.models],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);

try {
  const [address] = await once(server.stdout, 'data');
  const url = String(address).trim();
  const stateDir = join(home, '.openclaw');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, OLLAMA_HOST: url, OLLAMA_API_KEY: 'ollama-local' };
  const request = join(home, 'one-request.mjs');
  writeFileSync(
    request,
    `const response = await fetch('${url}/api/tags'); console.log((await response.json()).models.length);\n`,
  );
  // The first runs fill the caches: compiled code, and details of models.
  spawnSync(process.execPath, [COMMAND, 'config', 'set', 'agents.defaults.model.primary', 'ollama/model-00:7b'], {
    env,
  });
  if (!existsSync(stateDir)) throw new Error('The configuration could not be written.');

  const cases: Case[] = [
    { name: 'node -e 0', args: ['-e', '0'] },
    { name: 'a script with one request', args: [request] },
    { name: 'openclaw --version', args: [COMMAND, '--version'], aim: 1.3 },
    { name: 'openclaw config get', args: [COMMAND, 'config', 'get', 'agents.defaults.model'], aim: 2 },
    { name: `openclaw models list (${values.models} models)`, args: [COMMAND, 'models', 'list'], aim: 2.8 },
    ...(values.original === undefined ? [] : originalCases(values.original)),
  ];
  report(measure(cases, { env, rounds: Number(values.rounds) }));
} finally {
  server.kill('SIGTERM');
  rmSync(home, { recursive: true, force: true });
}

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  /** The most it may take, as a multiple of a bare Node. */
  readonly aim?: number;
}

interface Measured extends Case {
  readonly wallMs: number;
  /** Absent where the system does not tell. */
  readonly cpuMs: number | undefined;
}

function originalCases(entry: string): Case[] {
  return [
    { name: 'original --version', args: [entry, '--version'] },
    { name: 'original config get', args: [entry, 'config', 'get', 'agents.defaults.model'] },
    { name: 'original models list', args: [entry, 'models', 'list'] },
  ];
}

function measure(cases: readonly Case[], { env, rounds }: { env: Record<string, string>; rounds: number }): Measured[] {
  const wall = new Map<Case, number[]>(cases.map((one) => [one, []]));
  const cpu = new Map<Case, number>(cases.map((one) => [one, 0]));
  for (const one of cases) for (let warmUp = 0; warmUp < 2; warmUp++) run(one, env);
  for (let round = 0; round < rounds; round++) {
    for (const one of cases) {
      const cpuBefore = childrenCpuMs();
      const startedAt = process.hrtime.bigint();
      run(one, env);
      wall.get(one)?.push(Number(process.hrtime.bigint() - startedAt) / 1e6);
      const cpuAfter = childrenCpuMs();
      if (cpuBefore !== undefined && cpuAfter !== undefined) cpu.set(one, (cpu.get(one) ?? 0) + cpuAfter - cpuBefore);
    }
  }
  return cases.map((one) => ({
    ...one,
    wallMs: median(wall.get(one) ?? []),
    cpuMs: childrenCpuMs() === undefined ? undefined : (cpu.get(one) ?? 0) / rounds,
  }));
}

function run({ name, args }: Case, env: Record<string, string>): void {
  const { status, stderr } = spawnSync(process.execPath, [...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} exited with code ${status}: ${stderr}`);
}

/**
 * CPU time of all processes that were waited for, from Linux; it counts in hundredths of a second, which many rounds
 * even out.
 */
function childrenCpuMs(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function report(measured: readonly Measured[]): void {
  const [bare] = measured;
  if (bare === undefined) return;
  const ratio = (value: number | undefined, base: number | undefined): string =>
    value === undefined || base === undefined ? '-' : (value / base).toFixed(2);
  console.log(
    `${'case'.padEnd(36)} ${'wall ms'.padStart(8)} ${'× node'.padStart(7)} ${'CPU ms'.padStart(8)} ${'× node'.padStart(7)} ${'aim'.padStart(5)}`,
  );
  for (const { name, wallMs, cpuMs, aim } of measured) {
    console.log(
      [
        name.padEnd(36),
        wallMs.toFixed(1).padStart(8),
        ratio(wallMs, bare.wallMs).padStart(7),
        (cpuMs?.toFixed(1) ?? '-').padStart(8),
        ratio(cpuMs, bare.cpuMs).padStart(7),
        (aim?.toFixed(1) ?? '').padStart(5),
      ].join(' '),
    );
  }
}
