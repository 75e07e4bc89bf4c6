import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '..');
const blocks = [...readFileSync(`${folder}/README.md`, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
  ([, code = '']) => code,
);

test('the first example of the README prints what it says', () => {
  const [code = ''] = blocks;
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, line]) => line);

  const printed = execFileSync(
    process.execPath,
    ['--conditions=@openclaw/source', '--input-type=module-typescript', '--eval', code],
    { cwd: folder, encoding: 'utf8' },
  );

  expect(promised).toHaveLength(2);
  expect(
    printed
      .replaceAll(/\n {2}|\n(?=\])/g, ' ')
      .trim()
      .split('\n'),
  ).toEqual(promised);
});

test('every example of the README compiles under strict', { timeout: 120_000 }, () => {
  const examples = mkdtempSync(`${folder}/test/readme-`);
  try {
    const files = blocks.map((code, index) => {
      const file = `${examples}/example-${index}.ts`;
      writeFileSync(file, `${code}\nexport {};\n`);
      return file;
    });
    const config = { extends: resolve(folder, '../../tsconfig.base.json'), files };
    writeFileSync(`${examples}/tsconfig.json`, JSON.stringify(config));

    const tsc = resolve(folder, '../../node_modules/typescript/bin/tsc');
    expect(() => execFileSync(process.execPath, [tsc, '-p', examples], { encoding: 'utf8' })).not.toThrow();
  } finally {
    rmSync(examples, { recursive: true });
  }
});
