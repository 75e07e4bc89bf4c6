import { dirname } from 'node:path';
import { createDirectory, diffLines, formatConfigIssue, loadConfig } from '@openclaw/config';
import type { ConfigIssue, LoadedConfig } from '@openclaw/config';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { openService, type Service } from '../service/open-service.ts';
import { maskEnvVariables, setEnvVariables } from '../service/env-file.ts';
import { planService, type ServicePlan } from '../service/plan-service.ts';
import { readIfThere } from '../read-if-there.ts';
import { replaceFile, requireOwnFile } from '../service/service-files.ts';
import { shortPath } from '../short-path.ts';

/** Writes and starts the gateway as a service of the user. The same call again changes nothing. */
export const serviceInstall = defineCommand({
  options: {
    env: {
      type: 'string',
      multiple: true,
      placeholder: 'name',
      description: 'Give this variable of the shell to the service, too; may be repeated',
    },
    'dry-run': { type: 'boolean', description: 'Show the files without writing or starting anything' },
    print: { type: 'boolean', description: 'Print only the unit, to install it by hand' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw service install', does: 'Start the gateway now and at each login.' },
    { line: 'openclaw service install --dry-run', does: 'Show what would be written.' },
  ],
  docs: 'docs/service.md',
  async run({ values, host }) {
    const service = openService(host);
    const plan = planService(host, { service, names: values.env ?? [] });
    const text = service.manager.render(plan.definition);
    if (values.print === true) {
      host.output.show({ json: () => ({ path: service.manager.path, text }), text: () => text });
      return;
    }
    // A configuration that no gateway could start with is an error here already.
    await loadHostConfig(host, { mustExist: true });
    const dryRun = values['dry-run'] === true;
    if (!dryRun) await service.manager.check();
    await noteMissingVariables(host, plan);
    const changed = await writeFiles(host, { service, plan, text, dryRun });
    if (!dryRun) await service.manager.start({ changed });
    host.output.show({
      json: () => ({ ok: true, service: service.name, path: service.manager.path, changed, dryRun }),
      text: () => describeResult(service, { changed, dryRun }),
    });
    if (dryRun) return;
    for (const note of service.manager.notes) host.output.note(note);
    if (plan.hasVersion)
      host.output.note('The paths contain a version of Node. After an upgrade of Node: openclaw service install');
  },
});

interface WriteOptions {
  readonly service: Service;
  readonly plan: ServicePlan;
  readonly text: string;
  readonly dryRun: boolean;
}

/** Shows the differences, then writes them. Resolves to whether anything is different. */
async function writeFiles(host: Host, { service, plan, text, dryRun }: WriteOptions): Promise<boolean> {
  const { manager, envFile, logFile } = service;
  const [unit, variables = ''] = await Promise.all([readIfThere(manager.path), readIfThere(envFile)]);
  requireOwnFile(shortPath(manager.path, host), unit);
  const wanted = setEnvVariables(variables, plan.variables);
  const files = [
    { path: envFile, before: variables, after: wanted, mode: 0o600, mask: maskEnvVariables },
    { path: manager.path, before: unit ?? '', after: text, mode: 0o644, mask: (same: string) => same },
  ].filter(({ before, after }) => before !== after);
  for (const { path, before, after, mask } of files) {
    host.output.note(shortPath(path, host));
    for (const line of diffLines({ text: before, shown: mask(before) }, { text: after, shown: mask(after) }))
      host.output.note(line);
  }
  if (dryRun) return files.length > 0;
  await createDirectory(dirname(logFile));
  for (const { path, after, mode } of files) await replaceFile(path, { text: after, mode });
  return files.length > 0;
}

/** The service has only some of the variables of this shell: those that the configuration misses are named. */
async function noteMissingVariables(
  { env, cwd, profile, output }: Host,
  { variables, definition }: ServicePlan,
): Promise<void> {
  const known = { HOME: env['HOME'], USERPROFILE: env['USERPROFILE'], ...definition.environment, ...variables };
  const options = { profile, readSecrets: false };
  const there = missingVariables(await loadConfig({ ...options, env: known, cwd: definition.workingDirectory }));
  const here = missingVariables(await loadConfig({ ...options, env, cwd }));
  const only = there.filter(({ path, message }) => !here.some((one) => one.path === path && one.message === message));
  for (const issue of only) {
    output.note(
      `${output.noteStyle.warning('Warning:')} The service does not have this variable, which the shell has. Add --env with its name. ${formatConfigIssue(issue)}`,
    );
  }
}

function missingVariables({ warnings, disabledProviders }: LoadedConfig): readonly ConfigIssue[] {
  const issues = [...warnings, ...disabledProviders.flatMap((provider) => provider.issues)];
  return issues.filter(({ code }) => code === 'missing-variable');
}

function describeResult(
  { name, manager }: Service,
  { changed, dryRun }: { readonly changed: boolean; readonly dryRun: boolean },
): string {
  if (dryRun)
    return changed ? 'Nothing was written (--dry-run).' : `No change: ${name} is installed like this already.`;
  return `${changed ? 'Installed and started' : 'No change, started'}: ${name} (${manager.path}). To see whether it runs: openclaw service status`;
}
