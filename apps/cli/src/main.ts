import { readVersion } from './read-version.ts';

const argv = process.argv.slice(2);

// A reader that leaves early (`openclaw models list | head -1`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

if (argv[0] === '--version' || argv[0] === '-V' || argv[0] === '-v') {
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { runCli } = await import('./run-cli.ts');
  const { createSystem } = await import('./create-system.ts');
  process.exitCode = await runCli(argv, createSystem());
}
