import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseTapeFile } from './parse-tape-file.ts';

test('reads scripts, models and options', () => {
  const file = {
    scripts: { a: 'Hi.', b: { thinking: 'Hm.', text: 'So.' }, c: { pieces: ['x', 'y'], loop: true } },
    models: { small: { tools: true, parameters: { num_ctx: 512 } } },
    contextLength: 65_536,
    afterTool: 'a',
  };
  expect(parseTapeFile(JSON.stringify(file))).toEqual(file);
});

test('makes one model with tools and thinking unless the file names some', () => {
  expect(parseTapeFile('{"scripts":{"a":"Hi."}}').models).toEqual({
    tape: { tools: true, thinking: true, parameters: {} },
  });
});

test.each([
  ['{', /not JSON/],
  ['[]', /The file must be an object/],
  ['{}', /`scripts` must be an object/],
  ['{"scripts":{"a":1}}', /The script "a" must be an object/],
  ['{"scripts":{"a":{"text":"Hi."}}}', /The script "a" must be a text, or have/],
  ['{"scripts":{},"contextLength":"64k"}', /"contextLength" must be a number, and is "64k"/],
  ['{"scripts":{},"models":{"m":{"tools":1}}}', /"tools" must be a boolean/],
  ['{"scripts":{},"models":{"m":{"parameters":{"stop":null}}}}', /the parameter "stop" must be/],
])('refuses %s', (text, message) => {
  expect(() => parseTapeFile(text)).toThrow(message);
});

test('the command writes a GGUF file and a Modelfile for each model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-tape-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'scripts.json'), '{"scripts":{"a":"Hi."},"models":{"one":{},"two":{"tools":true}}}');
  const main = join(import.meta.dirname, 'main.ts');
  const output = execFileSync(process.execPath, [main, join(folder, 'scripts.json'), '--out', join(folder, 'out')]);
  expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(['Modelfile.one', 'Modelfile.two', 'tape.gguf']);
  expect(String(output)).toContain(`ollama create one -f ${join(folder, 'out/Modelfile.one')}\n`);
  const failed = spawnSync(process.execPath, [main, join(folder, 'none.json'), '--out', folder], { encoding: 'utf8' });
  expect([failed.status, failed.stderr]).toEqual([1, expect.stringMatching(/^ENOENT.*none\.json'\n$/)]);
});
