import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTapeModel } from './create-tape-model.ts';
import { createModelSettings } from './model-settings.ts';
import { parseTapeFile } from './parse-tape-file.ts';
import { renderModelfile } from './render-modelfile.ts';
import { TapeModelError } from './tape-model-error.ts';

const USAGE = 'Usage: node packages/tape-model/src/main.ts SCRIPTS.json --out DIRECTORY';

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const [file] = positionals;
if (file === undefined || values.out === undefined) fail(USAGE);
try {
  const { scripts, models, ...options } = parseTapeFile(readFileSync(file, 'utf8'));
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, 'tape.gguf'), createTapeModel(scripts, options));
  for (const [name, behavior] of Object.entries(models)) {
    const path = join(values.out, `Modelfile.${name}`);
    writeFileSync(path, renderModelfile('./tape.gguf', createModelSettings(behavior)));
    process.stdout.write(`ollama create ${name} -f ${path}\n`);
  }
} catch (error) {
  if (error instanceof TapeModelError || (error instanceof Error && 'syscall' in error)) fail(error.message);
  throw error;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
