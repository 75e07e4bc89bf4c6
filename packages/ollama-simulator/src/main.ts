import { parseArgs } from 'node:util';
import { startOllamaSimulator } from './start-ollama-simulator.ts';

const USAGE = `Usage: ollama-simulator [--port 11434] [--host 127.0.0.1] [--release 0.32.15] [--model qwen3:8b]...

Pretends to be an Ollama server. Every reply is simulated; no model is asked.
`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '11434' },
      host: { type: 'string' },
      release: { type: 'string' },
      model: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) process.stdout.write(USAGE);
  else await serve(values);
} catch (error) {
  process.stderr.write(`ollama-simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function serve({
  port,
  host,
  release,
  model,
}: {
  port: string;
  host?: string;
  release?: string;
  model?: string[];
}): Promise<void> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new RangeError(`--port takes a number from 0 to 65535, not ${JSON.stringify(port)}.`);
  }
  const simulator = await startOllamaSimulator({ port: Number(port), host, version: release, models: model });
  const names = simulator.models.list().map(({ name }) => name);
  process.stdout.write(`SIMULATED Ollama at ${simulator.url} with ${names.join(', ')}. Stop it with Ctrl+C.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
}
