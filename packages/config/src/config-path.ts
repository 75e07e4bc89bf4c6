import { ConfigError } from './config-error.ts';

/** Keys and indexes from the root: `['agents', 'list', '0', 'id']`. */
export type ConfigPath = readonly string[];

const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;

/**
 * Parses the notation of `config get`: dots, `[0]`, `["a.b"]`, `['a.b']`, the older verbatim `[a.b]`, and `\.` for a
 * dot in a key. Slashes and colons separate nothing, so `agents.defaults.models.ollama/gpt-oss:20b.alias` needs no
 * quotes.
 *
 * @throws ConfigError `bad-path`
 */
export function parseConfigPath(text: string): ConfigPath {
  const segments: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const bracket = /^\.?\[\s*(?:"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|([^\]"'][^\]]*))\s*\]/.exec(rest);
    const plain = bracket ? null : /^(\.?)((?:[^.[\\]|\\[^])+)/.exec(rest);
    if (
      !bracket &&
      (!plain || (plain[1] === '' && segments.length > 0) || (plain[1] === '.' && segments.length === 0))
    ) {
      throw badPath(text, rest);
    }
    const segment = bracket?.[1] ?? bracket?.[2] ?? plain?.[2];
    segments.push(segment === undefined ? (bracket?.[3] ?? '').trim() : segment.replaceAll(/\\([^])/g, '$1'));
    rest = rest.slice((bracket ?? plain)?.[0].length);
  }
  if (segments.includes('__proto__')) throw new ConfigError('bad-path', { message: '`__proto__` is not a key.' });
  return segments;
}

/** Formats a path in the notation of `parseConfigPath`. */
export function formatConfigPath(path: ConfigPath): string {
  return path
    .map((segment, index) => {
      if (/^(?:0|[1-9]\d*)$/.test(segment) && index > 0) return `[${segment}]`;
      if (IDENTIFIER.test(segment)) return index === 0 ? segment : `.${segment}`;
      return `["${segment.replaceAll(/["\\]/g, '\\$&')}"]`;
    })
    .join('');
}

function badPath(text: string, rest: string): ConfigError {
  const problem = rest.startsWith('[')
    ? /^\[\s*\]/.test(rest)
      ? 'the brackets are empty'
      : 'a bracket is not closed'
    : rest.endsWith('\\')
      ? 'it ends with a backslash'
      : 'a key is empty';
  const example = 'agents.defaults.models["ollama/gpt-oss:20b"].alias';
  return new ConfigError('bad-path', {
    message: `Cannot read the path "${text}" at "${rest}": ${problem}. A path looks like ${example}.`,
  });
}
