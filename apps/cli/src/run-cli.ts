import { CliError } from './cli-error.ts';
import { COMMANDS, GROUPS } from './command-table.ts';
import { findCommand } from './find-command.ts';
import { readGlobalOptions, type GlobalSettings } from './global-options.ts';
import type { Host, System } from './host.ts';
import { createOutput, type Output } from './output.ts';
import { createSafeStream } from './render/safe-stream.ts';

/** Carries out one command line; resolves to the exit code. Every failure ends up here and is reported once. */
export async function runCli(argv: readonly string[], machine: System): Promise<number> {
  const system: System = {
    ...machine,
    stdout: createSafeStream(machine.stdout),
    stderr: createSafeStream(machine.stderr),
  };
  const jsonWanted = argv.includes('--json');
  let output = createOutput({ ...system, format: jsonWanted ? 'json' : 'text', colours: undefined });
  let typed = '';
  try {
    const settings = readGlobalOptions(argv);
    output = createOutput({ ...system, format: settings.format, colours: settings.colours });
    const asksForHelp = argv[0] === 'help';
    const command = findCommand(asksForHelp ? argv.slice(1) : argv);
    typed = command.typed;
    if (settings.help || asksForHelp || !Object.hasOwn(COMMANDS, command.name)) {
      await showHelp(command.typed === '' || Object.hasOwn(GROUPS, command.typed) ? command.typed : command.name, {
        output,
        version: system.readVersion,
      });
      return 0;
    }
    return await runCommand(command, { system, settings, output });
  } catch (error) {
    const { reportError } = await import('./report-error.ts');
    return reportError(error, { output, typed, debug: system.env['OPENCLAW_DEBUG'] === '1' });
  }
}

interface Surroundings {
  readonly system: System;
  readonly settings: GlobalSettings;
  readonly output: Output;
}

async function runCommand(
  { name, args }: { name: string; args: readonly string[] },
  surroundings: Surroundings,
): Promise<number> {
  const { system, settings, output } = surroundings;
  const row = COMMANDS[name];
  if (row === undefined) throw new CliError('usage', `There is no command "openclaw ${name}".`);
  const command = await row.load();
  const host: Host = { ...system, output, profile: settings.profile, dev: settings.dev };
  return command.run(args, host);
}

async function showHelp(name: string, { output, version }: { output: Output; version: () => string }): Promise<void> {
  const { renderCommandHelp, renderGroupHelp } = await import('./render-help.ts');
  const row = COMMANDS[name];
  const text =
    row === undefined
      ? renderGroupHelp(name, { version: version(), style: output.style })
      : renderCommandHelp(name, { command: await row.load(), style: output.style });
  output.show({ json: () => ({ help: text }), text: () => text });
}
