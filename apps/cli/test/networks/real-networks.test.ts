import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findFreePort, startOllamaSimulator } from '@openclaw/ollama-simulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../sandbox.ts';
import { createPrivateAuthority } from './private-authority.ts';
import { createOpenDirectory, findProgram, startProgram } from './start-program.ts';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');
const COMMAND = [process.execPath, '--conditions=@openclaw/source', MAIN];

const [nginx = '', squid = '', openssl] = ['nginx', 'squid', 'openssl'].map(findProgram);

/** Why these tests do not run here. They start programs that are not part of the repository. */
const reason =
  process.env['OPENCLAW_TEST_NETWORKS'] === undefined
    ? 'set OPENCLAW_TEST_NETWORKS=1 to run them'
    : [nginx === '' ? 'nginx' : '', squid === '' ? 'squid' : '', openssl === undefined ? 'openssl' : '']
        .filter((name) => name !== '')
        .map((name) => `install ${name}`)
        .join(', ');

async function startSimulator() {
  const simulator = await startOllamaSimulator({ models: ['gpt-oss:20b'] });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** Starts nginx with one server block in front of an address. */
async function startNginx(upstream: string, { tls = '', location = '', host = '$host' } = {}): Promise<string> {
  const directory = createOpenDirectory();
  const port = await findFreePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  const file = join(directory, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${directory}/nginx.pid; error_log stderr;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    events {}
    http {
      access_log off; ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port} ${tls === '' ? '' : 'ssl'}; ${tls}
        location / {
          proxy_pass ${upstream};
          proxy_set_header Host ${host};
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          ${location}
        }
      }
    }`,
  );
  await startProgram([nginx, '-c', file, '-p', directory, '-e', 'stderr'], { port });
  return `${tls === '' ? 'http' : 'https'}://127.0.0.1:${port}`;
}

/** Starts squid, which knows one more host name. */
async function startSquid(): Promise<{ readonly url: string; readonly log: () => string }> {
  const directory = createOpenDirectory();
  const port = await findFreePort();
  writeFileSync(join(directory, 'hosts'), '127.0.0.1 models.example.test\n');
  const file = join(directory, 'squid.conf');
  writeFileSync(
    file,
    `http_port 127.0.0.1:${port}
    pid_filename ${directory}/squid.pid
    hosts_file ${directory}/hosts
    access_log stdio:${directory}/access.log
    cache_log ${directory}/cache.log
    coredump_dir ${directory}
    cache deny all
    shutdown_lifetime 0 seconds
    http_access allow all
    `,
  );
  await startProgram([squid, '-N', '-f', file], { port });
  return { url: `http://127.0.0.1:${port}`, log: () => readFileSync(join(directory, 'access.log'), 'utf8') };
}

/** Runs a command in a process of its own, because Node reads some variables only at its start. */
async function runCommand(args: readonly string[], env: Record<string, string>) {
  const [program = '', ...options] = COMMAND;
  const child = spawn(program, [...options, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const [code] = await once(child, 'close');
  return { code: Number(code), stdout, stderr };
}

const boxAt = (baseUrl: string, more: object = {}): object => ({
  models: { providers: { box: { baseUrl, models: [{ id: 'gpt-oss:20b' }], ...more } } },
});

const ASK = ['agent', 'hello', '--model', 'box/gpt-oss:20b'];

describe.skipIf(reason !== '')(`real proxies${reason === '' ? '' : ` (${reason})`}`, { timeout: 120_000 }, () => {
  test('a server behind nginx with a certificate of a private authority', async () => {
    const simulator = await startSimulator();
    const { authority, certificate, key } = createPrivateAuthority(createOpenDirectory());
    const url = await startNginx(simulator.url, { tls: `ssl_certificate ${certificate}; ssl_certificate_key ${key};` });
    const sandbox = createSandbox();
    sandbox.write('openclaw.json', boxAt(`${url}/v1`));

    const refused = await runCommand(ASK, sandbox.env);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('NODE_EXTRA_CA_CERTS');

    const trusted = await runCommand(ASK, { ...sandbox.env, NODE_EXTRA_CA_CERTS: authority });
    expect(trusted.stdout).toContain('You said: hello');

    sandbox.write('openclaw.json', {
      secrets: { providers: { ca: { source: 'file', path: authority, mode: 'singleValue', allowInsecurePath: true } } },
      ...boxAt(`${url}/v1`, { request: { tls: { ca: { source: 'file', provider: 'ca', id: 'value' } } } }),
    });
    const ofProvider = await runCommand(ASK, sandbox.env);
    expect(ofProvider.stdout).toContain('You said: hello');
  });

  test('a public name is reached through the proxy of the environment, a local address is not', async () => {
    const simulator = await startSimulator();
    const { url, log } = await startSquid();
    const sandbox = createSandbox();
    const env = { ...sandbox.env, HTTP_PROXY: url, HTTPS_PROXY: url };

    // Only squid knows this name, and Ollama refuses it.
    const { port } = new URL(await startNginx(simulator.url, { host: '127.0.0.1' }));
    sandbox.write('openclaw.json', boxAt(`http://models.example.test:${port}/v1`));
    const proxied = await runCommand(ASK, env);
    expect(proxied.stdout).toContain('You said: hello');
    expect(log()).toContain(`models.example.test:${port}`);
    const direct = await runCommand(ASK, { ...env, NO_PROXY: 'models.example.test' });
    expect(direct.code).toBe(1);

    sandbox.write('openclaw.json', boxAt(`${simulator.url}/v1`));
    const lines = log();
    expect((await runCommand(ASK, env)).stdout).toContain('You said: hello');
    expect(log()).toBe(lines);
  });

  test('a provider has a proxy of its own, also for a local address', async () => {
    const simulator = await startSimulator();
    const { url, log } = await startSquid();
    const sandbox = createSandbox();
    sandbox.write(
      'openclaw.json',
      boxAt(`${simulator.url}/v1`, { request: { proxy: { mode: 'explicit-proxy', url } } }),
    );
    expect((await runCommand(ASK, sandbox.env)).stdout).toContain('You said: hello');
    expect(log()).toContain(`127.0.0.1:${simulator.port}`);
  });

  describe('nginx in front of the gateway', () => {
    async function startGateway(more: object = {}) {
      const simulator = await startSimulator();
      const sandbox = createSandbox({ OLLAMA_HOST: simulator.url, OPENCLAW_GATEWAY_TOKEN: 'the-right-token' });
      sandbox.write('openclaw.json', {
        agents: { defaults: { model: 'ollama/gpt-oss:20b', models: { 'ollama/gpt-oss:20b': { streaming: true } } } },
        gateway: { trustedProxies: ['127.0.0.1'], ...more },
      });
      const port = await findFreePort();
      await startProgram([...COMMAND, 'gateway', 'run', '--port', String(port)], { port, env: sandbox.env });
      return { simulator, url: `http://127.0.0.1:${port}` };
    }

    const ask = (url: string, { token = 'the-right-token', from = '203.0.113.7', stream = false } = {}) =>
      fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': from, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'openclaw', stream, messages: [{ role: 'user', content: 'hello' }] }),
      });

    test.each([
      ['as the documentation says', 'proxy_http_version 1.1; proxy_buffering off;'],
      ['with the defaults of nginx, which buffer', ''],
    ])('words reach the client as they come, %s', async (_, location) => {
      const { simulator, url } = await startGateway();
      const proxy = await startNginx(url, { location });
      simulator.enqueue([{ text: 'first ' }, { stall: true }, { text: 'last' }]);
      const response = await ask(proxy, { stream: true });
      const decoder = new TextDecoder();
      let text = '';
      for await (const bytes of response.body ?? []) {
        text += decoder.decode(bytes, { stream: true });
        // The rest comes only after the first words were here.
        if (text.includes('first ')) simulator.release();
      }
      expect(text).toContain('last');
      expect(text).toMatch(/data: \[DONE\]\s*$/);
    });

    test('wrong tokens lock out the client that the proxy names, and no other', async () => {
      const { url } = await startGateway();
      const proxy = await startNginx(url);
      const statusOf = async (options: object): Promise<number> => {
        const response = await ask(proxy, options);
        await response.body?.cancel();
        return response.status;
      };
      for (let count = 0; count < 10; count++) expect(await statusOf({ token: 'wrong' })).toBe(401);
      expect(await statusOf({ token: 'wrong' })).toBe(429);
      expect(await statusOf({ token: 'wrong', from: '203.0.113.8' })).toBe(401);
      expect(await statusOf({})).toBe(200);
    });
  });
});
