import { escapeControls } from '@openclaw/runtime/escape-controls';
import { LOG_LEVELS } from './encode-log-line.ts';

/** A structured line of the log → one that people read: the time, the level when it matters, and what happened. */
export function renderLogLine(line: string): string {
  const record: unknown = JSON.parse(line);
  if (typeof record !== 'object' || record === null) return line;
  const { time, level, msg, ...fields } = { time: 0, level: LOG_LEVELS.info, msg: '', ...record };
  const clock = new Date(time).toTimeString().slice(0, 8);
  const details = Object.entries(fields).map(([key, value]) => renderField(key, value));
  return `${[clock, LEVELS.get(level) ?? '', msg, ...details].filter((part) => part !== '').join(' ')}\n`;
}

/** `info` goes without saying. */
const LEVELS: ReadonlyMap<number, string> = new Map([
  [LOG_LEVELS.debug, 'debug'],
  [LOG_LEVELS.warn, 'WARN'],
  [LOG_LEVELS.error, 'ERROR'],
]);

function renderField(key: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const quoted = /[\s"]/.test(text) && !text.startsWith('{') ? JSON.stringify(text) : text;
  return `${key}=${escapeControls(quoted)}`;
}
