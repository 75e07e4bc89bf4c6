import { escapeControls } from '@openclaw/runtime/escape-controls';

/** A structured line of the log → one that people read: the time, the level when it matters, and what happened. */
export function renderLogLine(line: string): string {
  const record: unknown = JSON.parse(line);
  if (typeof record !== 'object' || record === null) return line;
  const { time, level, msg, ...fields } = { time: 0, level: 30, msg: '', ...record };
  const clock = new Date(time).toTimeString().slice(0, 8);
  const details = Object.entries(fields).map(([key, value]) => renderField(key, value));
  return `${[clock, LEVELS.get(level) ?? '', msg, ...details].filter((part) => part !== '').join(' ')}\n`;
}

/** Pino's numbers. `info` goes without saying. */
const LEVELS: ReadonlyMap<number, string> = new Map([
  [20, 'debug'],
  [40, 'WARN'],
  [50, 'ERROR'],
  [60, 'FATAL'],
]);

function renderField(key: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const quoted = /[\s"]/.test(text) && !text.startsWith('{') ? JSON.stringify(text) : text;
  return `${key}=${escapeControls(quoted)}`;
}
