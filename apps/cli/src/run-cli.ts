import { COMMANDS, GROUPS } from './command-table.ts';
import type { Command } from './define-command.ts';
import { findCommand } from './find-command.ts';
import { readGlobalOptions, type GlobalSettings } from './global-options.ts';
import type { Host, System } from './host.ts';
import { createOutput, type Output } from './output.ts';
import { createSafeStream } from './render/safe-stream.ts';

/** Runs one command line; resolves to the exit code. All failures are caught here and reported once. */
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
    // Called by the completion scripts. It needs the command table, so it is not part of it.
    if (argv[0] === '__complete') {
      const { completeWords } = await import('./commands/complete-words.ts');
      return await runCommand(completeWords, { args: argv.slice(1), system, settings, output });
    }
    const asksForHelp = argv[0] === 'help';
    const command = findCommand(asksForHelp ? argv.slice(1) : argv);
    typed = command.typed;
    const row = COMMANDS[command.name];
    if (settings.help || asksForHelp || row === undefined) {
      await showHelp(command.typed === '' || Object.hasOwn(GROUPS, command.typed) ? command.typed : command.name, {
        output,
        version: system.readVersion,
      });
      return 0;
    }
    return await runCommand(await row.load(), { args: command.args, system, settings, output });
  } catch (error) {
    const { reportError } = await import('./report-error.ts');
    return reportError(error, { output, typed, debug: system.env['OPENCLAW_DEBUG'] === '1' });
  }
}

interface RunOptions {
  readonly args: readonly string[];
  readonly system: System;
  readonly settings: GlobalSettings;
  readonly output: Output;
}

function runCommand(command: Command, { args, system, settings, output }: RunOptions): Promise<number> {
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
