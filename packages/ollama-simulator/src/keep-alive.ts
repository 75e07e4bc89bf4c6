import { RequestFailure } from './request-failure.ts';

/**
 * The `keep_alive` of a native request in milliseconds: seconds as a number, or a Go duration such as `5m` or `1h30m`.
 * A negative one is `Infinity`.
 * @throws RequestFailure 400 with Go's message
 */
export function parseKeepAlive(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const milliseconds =
    typeof value === 'number' ? value * 1000 : typeof value === 'string' ? parseGoDuration(value) : undefined;
  if (milliseconds === undefined) throw new RequestFailure(400, `Unsupported type: '${goKind(value)}'`);
  return milliseconds < 0 ? Infinity : milliseconds;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gu;

function parseGoDuration(text: string): number {
  if (/^[+-]?0$/.test(text)) return 0;
  const digits = text.replace(/^[+-]/, '');
  if (/^(\d+\.?\d*|\.\d+)$/.test(digits)) {
    throw new RequestFailure(400, `time: missing unit in duration ${JSON.stringify(text)}`);
  }
  if (digits === '' || digits.replaceAll(PART, '') !== '') {
    throw new RequestFailure(400, `time: invalid duration ${JSON.stringify(text)}`);
  }
  const sum = [...digits.matchAll(PART)].reduce(
    (total, [, amount, unit]) => total + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0),
    0,
  );
  return text.startsWith('-') ? -sum : sum;
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  return typeof value === 'boolean' ? 'bool' : 'map[string]interface {}';
}
