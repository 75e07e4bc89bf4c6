import { rm } from 'node:fs/promises';
import { defineCommand } from '../define-command.ts';
import { openService } from '../service/open-service.ts';
import { readIfThere } from '../read-if-there.ts';
import { requireOwnFile } from '../service/service-files.ts';
import { shortPath } from '../short-path.ts';

/** Stops the service and removes its files. Configuration and keys stay. */
export const serviceUninstall = defineCommand({
  options: {
    'dry-run': { type: 'boolean', description: 'Show the files without removing or stopping anything' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw service uninstall', does: 'Stop the gateway and remove the service.' },
    { line: 'openclaw service uninstall --dry-run', does: 'Show what would be removed.' },
  ],
  docs: 'docs/service.md',
  async run({ values, host }) {
    const { name, manager, envFile } = openService(host);
    const [unit, variables] = await Promise.all([readIfThere(manager.path), readIfThere(envFile)]);
    const installed = unit !== undefined;
    requireOwnFile(shortPath(manager.path, host), unit);
    const files = [...(installed ? [manager.path] : []), ...(variables === undefined ? [] : [envFile])];
    const dryRun = values['dry-run'] === true;
    for (const file of files) host.output.note(`${dryRun ? 'Would remove' : 'Removing'} ${shortPath(file, host)}`);
    if (!dryRun && installed) {
      await manager.check();
      await manager.stop();
    }
    if (!dryRun) for (const file of files) await rm(file, { force: true });
    if (!dryRun && installed) await manager.forget();
    host.output.show({
      json: () => ({ ok: true, service: name, removed: dryRun ? [] : files, dryRun }),
      text: () =>
        files.length === 0
          ? `No change: ${name} is not installed.`
          : dryRun
            ? 'Nothing was removed (--dry-run).'
            : `Removed ${name}.`,
    });
  },
});
