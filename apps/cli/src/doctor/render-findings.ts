import type { Style, StyleName } from '../render/style.ts';
import { wrapText } from '../render/word-wrap.ts';
import type { CheckId, Finding, FindingLevel } from './finding.ts';

const MARKS: Record<FindingLevel, { readonly mark: string; readonly style: StyleName }> = {
  ok: { mark: '✓', style: 'success' },
  note: { mark: 'i', style: 'dim' },
  warning: { mark: '!', style: 'warning' },
  error: { mark: '✗', style: 'error' },
};

const TITLES: Record<CheckId, string> = {
  configuration: 'Configuration',
  'file-modes': 'File modes',
  'ollama-enabled': 'Ollama',
  'ollama-reachable': 'Connection',
  'ollama-version': 'Version',
  'other-servers': 'Other servers',
  'base-url': 'Base URL',
  discovery: 'Discovery',
  models: 'Models',
  'chosen-models': 'Chosen models',
  keys: 'Keys',
  'context-window': 'Context',
  'responding-models': 'Loaded models',
  streaming: 'Streaming',
};

const TITLE_WIDTH = Math.max(...Object.values(TITLES).map((title) => title.length));
const INDENT = ' '.repeat(TITLE_WIDTH + 4);

interface FindingsOptions {
  /** The applied fixes, described for people. */
  readonly fixed: readonly string[];
  readonly style: Style;
  /** Width of the terminal; `undefined` without one. */
  readonly columns: number | undefined;
}

/** Renders each finding with a mark, a title, its message and the commands to run next. */
export function renderFindings(findings: readonly Finding[], { fixed, style, columns }: FindingsOptions): string {
  const lines = findings.flatMap(({ check, level, message, fix = [] }) => {
    const { mark, style: name } = MARKS[level];
    const [first = '', ...more] = message.split('\n').flatMap((line) => breakLine(line, columns));
    return [
      `${style[name](mark)} ${TITLES[check].padEnd(TITLE_WIDTH)}  ${first}`,
      ...more.map((line) => `${INDENT}${line}`),
      ...fix.map((command) => `${INDENT}${style.dim('Next:')} ${style.bold(command)}`),
    ];
  });
  const fixable = findings.filter(({ safeFixes = [] }) => safeFixes.length > 0).length;
  return [
    ...lines,
    ...(fixed.length === 0 ? [] : ['', style.bold('Fixed:'), ...fixed.map((line) => `- ${line}`)]),
    ...(fixable === 0 ? [] : ['', `To fix ${fixable === 1 ? 'one' : `${fixable}`} of these: openclaw doctor --fix`]),
  ].join('\n');
}

/** Does not wrap quoted lines of a file and the marks below them. */
function breakLine(line: string, columns: number | undefined): string[] {
  if (columns === undefined || line.startsWith(' ')) return [line];
  return wrapText(line, { columns: () => columns - INDENT.length }).split('\n');
}
