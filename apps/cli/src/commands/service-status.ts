import { defineCommand } from '../define-command.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { openService } from '../service/open-service.ts';
import { readIfThere } from '../read-if-there.ts';
import { shortPath } from '../short-path.ts';

/** Shows whether the service is installed and running; the exit code is 1 if it is not. */
export const serviceStatus = defineCommand({
  options: {},
  formats: ['json'],
  examples: [
    { line: 'openclaw service status', does: 'Show whether the service is installed and running.' },
    { line: 'openclaw service status --json', does: 'The same as JSON.' },
  ],
  docs: 'docs/service.md',
  async run({ host }) {
    const { name, manager } = openService(host);
    const installed = (await readIfThere(manager.path)) !== undefined;
    if (installed) await manager.check();
    const state = installed ? await manager.state() : { running: false, description: 'not installed' };
    const { style } = host.output;
    host.output.show({
      json: () => ({ service: name, installed, ...state, path: manager.path }),
      text: () =>
        [
          `Service: ${name}`,
          `State:   ${state.running ? style.success(state.description) : style.error(state.description)}`,
          ...(state.pid === undefined ? [] : [`Process: ${state.pid}`]),
          ...(installed ? [`File:    ${shortPath(manager.path, host)}`] : []),
        ].join('\n'),
    });
    if (state.running) return 0;
    noteNextCommands(host.output, [installed ? 'openclaw service logs' : 'openclaw service install']);
    return 1;
  },
});
