import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const COMMAND = `'${process.execPath}' --conditions=@openclaw/source '${resolve(import.meta.dirname, '../src/main.ts')}'`;

function sh(script: string): { stdout: string; stderr: string } {
  return spawnSync('/bin/bash', ['-c', script], { encoding: 'utf8' });
}

describe.skipIf(!existsSync('/dev/full'))('standard output', () => {
  test.each(['--version', 'config schema --json'])('of %s that cannot be written is a failure in one line', (line) => {
    const { stdout, stderr } = sh(`${COMMAND} ${line} > /dev/full; echo $?`);
    expect(stderr).toBe('Error: Cannot write to standard output: no space is left on the disk.\n');
    expect(stdout).toBe('1\n');
  });

  test('whose reader leaves early ends the program without a word', () => {
    const { stdout, stderr } = sh(`${COMMAND} config schema | head -1; echo \${PIPESTATUS[0]}`);
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n', stderr: '' });
  });
});
