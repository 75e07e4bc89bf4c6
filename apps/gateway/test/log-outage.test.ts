import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findUrl, makeFolder, readText, spawnGateway, waitFor } from './spawn-gateway.ts';
import type { SpawnedGateway } from './spawn-gateway.ts';

const DEADLINE = { timeout: 120_000 };

/** Each request leaves a line that is a little longer than this. */
const PROMPT = 'x'.repeat(100_000);

async function ask(url: string): Promise<number> {
  const body = JSON.stringify({ model: 'unknown', messages: [{ role: 'user', content: PROMPT }] });
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body });
  await response.text();
  return response.status;
}

async function droppedLines(url: string, destination: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(text.match(`openclaw_log_lines_dropped_total{destination="${destination}"} (\\d+)`)?.[1]);
}

/** Asks until lines of the log are dropped; the gateway answers all the time. */
async function askUntilDropped(url: string, destination: string): Promise<void> {
  await waitFor(async () => {
    expect(await ask(url)).toBe(404);
    return (await droppedLines(url, destination)) > 0 ? true : undefined;
  });
}

async function stop({ child, exited }: SpawnedGateway): Promise<number | string> {
  child.kill('SIGTERM');
  return await exited;
}

/** A FIFO whose reader is this test, and reads when it is asked to. */
function makeFifo(path: string) {
  execFileSync('mkfifo', [path]);
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(1 << 20);
  let text = '';
  return {
    read() {
      try {
        text += buffer.toString('utf8', 0, readSync(descriptor, buffer));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
      return text;
    },
    close: () => closeSync(descriptor),
  };
}

describe.skipIf(!existsSync('/dev/full'))('on a full disk', DEADLINE, () => {
  test('the gateway serves, reports the outage in the other log, and exits with 0', async () => {
    const gateway = spawnGateway({
      logging: { file: './gateway.log' },
      script: (command) => `exec ${command} 2>/dev/full`,
    });
    const file = join(gateway.folder, 'gateway.log');
    const url = await waitFor(() => findUrl(readText(file)));
    await waitFor(() => (readText(file).includes('the console cannot be written') ? true : undefined));
    await askUntilDropped(url, 'console');
    expect(await droppedLines(url, 'file')).toBe(0);
    expect(await stop(gateway)).toBe(0);
    expect(readText(file)).toContain('"msg":"stopped"');
  });

  test('a file that grows until the disk is full stops no request, nor the exit', async () => {
    const gateway = spawnGateway({
      logging: { file: './gateway.log' },
      // The largest file that the process may write, in KiB: both logs hit it.
      script: (command) => `export NODE_DISABLE_COMPILE_CACHE=1; ulimit -f 8; exec ${command} 2>console.log`,
    });
    const url = await waitFor(() => findUrl(readText(join(gateway.folder, 'console.log'))));
    await askUntilDropped(url, 'file');
    await askUntilDropped(url, 'console');
    expect(await stop(gateway)).toBe(0);
  });
});

test.each([
  ['/dev/full', 'ENOSPC'],
  ['/proc/nope/gateway.log', 'ENOENT'],
])('logging.file %s is reported once on the console, and the gateway serves', DEADLINE, async (file, reason) => {
  const gateway = spawnGateway({ logging: { file }, script: (command) => `exec ${command} 2>console.log` });
  const console = join(gateway.folder, 'console.log');
  const url = await waitFor(() => findUrl(readText(console)));
  const pattern = new RegExp(`"file":"${file}","reason":"${reason}[^"]*","msg":"logging.file cannot be written`, 'g');
  await waitFor(() => (pattern.test(readText(console)) ? true : undefined));
  expect(await ask(url)).toBe(404);
  expect(await stop(gateway)).toBe(0);
  expect(readText(console).match(pattern)).toHaveLength(1);
});

test('Ctrl-C in a pipeline ends the gateway with 0', DEADLINE, async () => {
  const { child, folder, exited } = spawnGateway({
    script: (command) => `trap : INT; ${command} 2>&1 | tee log.txt >/dev/null; echo \${PIPESTATUS[0]} >status.txt`,
  });
  const url = await waitFor(() => findUrl(readText(join(folder, 'log.txt'))));
  expect(await ask(url)).toBe(404);
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await exited;
  expect(readText(join(folder, 'status.txt'))).toBe('0\n');
});

test('a reader that ends takes neither the gateway nor its exit along', DEADLINE, async () => {
  const folder = makeFolder();
  const fifo = makeFifo(join(folder, 'fifo'));
  const gateway = spawnGateway({ folder, script: (command) => `exec ${command} 2>fifo` });
  const url = await waitFor(() => findUrl(fifo.read()));
  fifo.close();
  // Leaves no line in the log: those of the exit are the first that the reader misses.
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await stop(gateway)).toBe(0);
});

describe('a reader that stalls', DEADLINE, () => {
  test('of a pipe costs lines, which are counted and reported when it reads again', async () => {
    const folder = makeFolder();
    const fifo = makeFifo(join(folder, 'fifo'));
    const gateway = spawnGateway({ folder, script: (command) => `exec ${command} 2>fifo` });
    const url = await waitFor(() => findUrl(fifo.read()));
    await askUntilDropped(url, 'console');
    await waitFor(() => (/"lines":[1-9]\d*,"msg":"log lines were dropped"/.test(fifo.read()) ? true : undefined));
    await askUntilDropped(url, 'console');
    expect(await stop(gateway)).toBe(0);
    for (const line of fifo.read().split('\n').slice(0, -1)) JSON.parse(line);
  });

  test('of a socket keeps the gateway neither from serving nor from its exit', async () => {
    const gateway = spawnGateway({ stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    gateway.child.stderr?.setEncoding('utf8').on('data', (part: string) => (text += part));
    const url = await waitFor(() => findUrl(text));
    gateway.child.stderr?.pause();
    await askUntilDropped(url, 'console');
    expect(await stop(gateway)).toBe(0);
  });
});

test('a crash loses no line that was logged before it', DEADLINE, async () => {
  const folder = makeFolder();
  const code = `
    import { createGatewayLogger } from ${JSON.stringify(join(import.meta.dirname, '../src/observe/create-gateway-logger.ts'))};
    import { readFileSync } from 'node:fs';
    const logger = createGatewayLogger({ logging: { level: 'info', prompts: false } });
    logger.info({}, 'first');
    while (readFileSync('console.log', 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 10));
    logger.info({}, 'last');
    throw new Error('A bug.');`;
  writeFileSync(join(folder, 'crash.mjs'), code);
  const { exited } = spawnGateway({
    folder,
    script: (command) => `exec ${command.replace(/'[^']+main.ts'.*/, 'crash.mjs')} 2>console.log`,
  });
  expect(await exited).toBe(1);
  expect(readText(join(folder, 'console.log'))).toContain('"msg":"last"');
});
