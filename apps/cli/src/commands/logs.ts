import { expandHome, resolveConfigPaths } from '@openclaw/config';
import { renderLogLine } from '@openclaw/gateway';
import { CliError } from '../cli-error.ts';
import { defineCommand, type Invocation } from '../define-command.ts';
import type { Host } from '../host.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { levelOf, LOG_LEVELS, type LogLevel } from '../logs/log-lines.ts';
import { readFileLines } from '../logs/read-file-lines.ts';
import { readProgramLines } from '../logs/read-program-lines.ts';
import { parseNumberOption } from '../parse-number-option.ts';
import { openService } from '../service/open-service.ts';
import { readIfThere } from '../read-if-there.ts';
import type { ServiceLog } from '../service/service-manager.ts';

const options = {
  follow: { type: 'boolean', short: 'f', description: 'Show new lines until Ctrl-C' },
  lines: { type: 'string', short: 'n', placeholder: 'number', description: 'Start with the last lines; default: 100' },
  level: {
    type: 'string',
    choices: Object.keys(LOG_LEVELS),
    description: 'Only lines of this level or a higher one',
  },
  match: { type: 'string', placeholder: 'text', description: 'Only lines with this text' },
} as const;

/** Shows the log of the gateway: `logging.file`, else the log of the service. */
export const logs = defineCommand({
  options,
  formats: ['json'],
  examples: [
    { line: 'openclaw logs --follow', does: 'Show the last lines, then new ones.' },
    { line: 'openclaw logs --level warn --lines 1000', does: 'Show warnings and errors among the last 1000 lines.' },
  ],
  docs: 'docs/service.md#read-the-log',
  async run({ values, host }) {
    const { config } = await loadHostConfig(host);
    const { file } = config.logging;
    const source =
      file === undefined ? await serviceLog(host) : ({ type: 'file', path: absolutePath(file, host) } as const);
    if (source !== undefined) return showLog(source, { values, host });
    throw new CliError(
      'failed',
      'The gateway writes its log to the terminal that it runs in: no service is installed, and logging.file is not set.',
      {
        nextCommands: ['openclaw service install', 'openclaw config set logging.file ~/.openclaw/gateway.log'],
      },
    );
  },
});

/** Shows the log of the service. */
export const serviceLogs = defineCommand({
  options,
  formats: ['json'],
  examples: [
    { line: 'openclaw service logs --follow', does: 'Show the last lines, then new ones.' },
    { line: 'openclaw service logs --json', does: 'Print the lines as they were written, one JSON document per line.' },
  ],
  docs: 'docs/service.md#read-the-log',
  async run({ values, host }) {
    const source = await serviceLog(host);
    if (source !== undefined) return showLog(source, { values, host });
    throw new CliError('failed', 'The service is not installed, so it has no log.', {
      nextCommands: ['openclaw service install', 'openclaw logs'],
    });
  },
});

/** The log of the installed service; `undefined` without one, and on a system that has no services. */
async function serviceLog(host: Host): Promise<ServiceLog | undefined> {
  try {
    const { manager } = openService(host);
    return (await readIfThere(manager.path)) === undefined ? undefined : manager.log;
  } catch (error) {
    if (error instanceof CliError) return undefined;
    throw error;
  }
}

function absolutePath(path: string, host: Host): string {
  return expandHome(path, resolveConfigPaths(host).home);
}

async function showLog(
  source: ServiceLog,
  { values, host }: Pick<Invocation<typeof options>, 'values' | 'host'>,
): Promise<void> {
  const lines = parseNumberOption(values.lines, { name: '--lines', min: 0, max: 100_000 }) ?? 100;
  const follow = values.follow === true;
  const signal = host.interruption();
  const level = Object.keys(LOG_LEVELS).find((known): known is LogLevel => known === values.level);
  const minimum = level === undefined ? 0 : LOG_LEVELS[level];
  const read =
    source.type === 'file'
      ? readFileLines(source.path, { lines, follow, signal })
      : readProgramLines(source.command({ lines, follow }), { env: host.env, signal });
  for await (const line of read) {
    // A line that is not structured, such as a crash of Node, has no level.
    const severity = levelOf(line);
    if ((severity ?? LOG_LEVELS.error) < minimum) continue;
    if (values.match !== undefined && !line.includes(values.match)) continue;
    host.output.write(
      host.output.format === 'json' ? encodeLine(line, severity) : renderLine(line, { severity, host }),
    );
  }
}

/** Every line is one JSON document. */
function encodeLine(line: string, severity: number | undefined): string {
  return `${severity === undefined ? JSON.stringify({ msg: line }) : line}\n`;
}

function renderLine(
  line: string,
  { severity, host }: { readonly severity: number | undefined; readonly host: Host },
): string {
  if (severity === undefined) return `${line}\n`;
  const { style } = host.output;
  const text = renderLogLine(line);
  if (severity >= LOG_LEVELS.error) return style.error(text);
  return severity >= LOG_LEVELS.warn ? style.warning(text) : text;
}
