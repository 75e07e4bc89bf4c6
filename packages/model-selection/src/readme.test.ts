import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

test('the example of the README prints what it says', () => {
  const folder = resolve(import.meta.dirname, '..');
  const code = /```ts\n(.*?)```/s.exec(readFileSync(`${folder}/README.md`, 'utf8'))?.[1] ?? '';
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, line]) => line);

  const printed = execFileSync(
    process.execPath,
    ['--conditions=@openclaw/source', '--input-type=module', '--eval', code],
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
