// Kills processes that set configuration values, at random moments. Checks after each kill that the file is complete
// and has the last or the next value. Then starts many processes at once and checks that no value is lost.
//
// node --conditions=@openclaw/source packages/config/test/kill-during-set.ts [--sets 10000] [--at-once 100]
//
// One process sets values until it is killed, then the next starts. 10,000 sets take some minutes.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfig } from '../src/load-config.ts';
import { ended, startWriter } from './run-writers.ts';

const { values } = parseArgs({
  options: { sets: { type: 'string', default: '10000' }, 'at-once': { type: 'string', default: '100' } },
});
const home = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-kill-')));
const file = join(home, '.openclaw', 'openclaw.json');
mkdirSync(join(home, '.openclaw'));
writeFileSync(file, '// kept\n{\n  gateway: { port: 18789 }, // kept, too\n}\n');

try {
  await killRepeatedly(Number(values.sets));
  await startAtOnce(Number(values['at-once']));
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** Reads the value and checks that the file is complete. */
function models(): Record<string, { params?: Record<string, unknown> }> {
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('// kept\n') || !text.includes('// kept, too')) throw new Error(`a comment is gone:\n${text}`);
  const { config } = parseConfig(text, { file });
  if (config.gateway.port !== 18_789) throw new Error(`a value is gone:\n${text}`);
  return config.agents.defaults.models;
}

async function killRepeatedly(sets: number): Promise<void> {
  let done = 0;
  let deaths = 0;
  let during = 0;
  while (done < sets) {
    const name = `w${deaths}`;
    const writer = startWriter({ home, name, count: 1_000_000 });
    let turn = 0;
    // A random moment of a random set.
    const last = 1 + Math.floor(Math.random() * 60);
    await new Promise<void>((resolve) => {
      writer.on('exit', () => resolve());
      writer.on('message', (message) => {
        turn = Number(message);
        if (turn === last) setTimeout(() => writer.kill('SIGKILL'), Math.random() * 8);
      });
    });
    const { signal } = await ended(writer);
    if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${signal}`);
    const found = Number(models()[`${name}/model`]?.params?.['turn']);
    // A message can be lost when the process dies, so the file may be ahead of the messages, but never behind.
    if (!(found >= turn && found <= turn + 20)) throw new Error(`set ${turn} times, the file says ${found}`);
    if (readdirSync(join(home, '.openclaw')).some((entry) => entry.endsWith('.tmp'))) during += 1;
    // One key per writer would make the file grow without end.
    writeFileSync(file, '// kept\n{\n  gateway: { port: 18789 }, // kept, too\n}\n');
    done += found;
    deaths += 1;
    if (deaths % 50 === 0)
      process.stdout.write(`${done} sets, ${deaths} deaths, ${during} of them in the middle of a write\n`);
  }
  process.stdout.write(
    `killed: ${done} sets, ${deaths} deaths, ${during} of them in the middle of a write; the file was whole each time\n`,
  );
}

async function startAtOnce(count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `at-once-${index}`);
  const started = performance.now();
  const ends = await Promise.all(names.map((name) => ended(startWriter({ home, name, count: 1 }))));
  const failed = ends.filter(({ code }) => code !== 0).length;
  const lost = names.filter((name) => models()[`${name}/model`]?.params?.['turn'] !== 1);
  if (failed > 0 || lost.length > 0) throw new Error(`${failed} failed, ${lost.length} lost: ${lost.join(', ')}`);
  const left = readdirSync(join(home, '.openclaw')).filter(
    (entry) => !/^openclaw\.json(?:\.bak(?:\.\d)?)?$/.test(entry),
  );
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  process.stdout.write(
    `at once: ${count} processes in ${((performance.now() - started) / 1000).toFixed(1)} s; nothing lost, nothing left behind\n`,
  );
}
