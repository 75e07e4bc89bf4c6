import { openOutput } from './open-output.ts';
import { readVersion } from './read-version.ts';

const argv = process.argv.slice(2);

const [first] = argv.filter((word) => word !== '--json');

if (first === '--version' || first === '-V' || first === '-v') {
  const version = readVersion();
  openOutput(1).write(`${argv.includes('--json') ? JSON.stringify({ version }, null, 2) : version}\n`);
} else {
  const { runOnThisMachine } = await import('./run-on-this-machine.ts');
  process.exitCode = await runOnThisMachine(argv, { openOutput, readVersion });
}
