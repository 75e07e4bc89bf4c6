import { openOutput } from './open-output.ts';
import { readVersion } from './read-version.ts';

const argv = process.argv.slice(2);

if (argv[0] === '--version' || argv[0] === '-V' || argv[0] === '-v') {
  openOutput(1).write(`${readVersion()}\n`);
} else {
  const { runOnThisMachine } = await import('./run-on-this-machine.ts');
  process.exitCode = await runOnThisMachine(argv, { openOutput, readVersion });
}
