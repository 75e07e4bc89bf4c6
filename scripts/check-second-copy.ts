import { spawnSync } from 'node:child_process';
import { cpSync, globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Gives every installed package of this repository its own copy of `@openclaw/provider`, as npm does if their versions
 * differ, and runs `second-copy-program.ts` there.
 * @returns the number of copies
 */
export function checkSecondCopy(folder: string): number {
  const contract = `${folder}/node_modules/@openclaw/provider`;
  const dependents = globSync(`${folder}/node_modules/@openclaw/*/package.json`).filter((file) =>
    readFileSync(file, 'utf8').includes('"@openclaw/provider":'),
  );
  for (const file of dependents) {
    cpSync(contract, `${dirname(file)}/node_modules/@openclaw/provider`, { recursive: true });
  }
  // As text: its imports then mean the packages of the folder.
  const program = readFileSync(`${import.meta.dirname}/second-copy-program.ts`, 'utf8');
  const args = ['--input-type=module-typescript', '--eval', program];
  const { status } = spawnSync('node', args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('A second copy of @openclaw/provider changes what libraries do.');
  return dependents.length + 1;
}
