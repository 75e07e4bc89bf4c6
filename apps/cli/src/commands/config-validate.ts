import {
  ConfigError,
  formatConfigIssue,
  loadConfig,
  resolveConfigPaths,
  type ConfigIssue,
  type DisabledProvider,
} from '@openclaw/config';
import { EXIT_CODES } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { shortPath } from '../short-path.ts';

/** The result of the validation. */
interface Verdict {
  readonly valid: boolean;
  readonly path: string;
  readonly exists: boolean;
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigIssue[];
  readonly disabledProviders: readonly DisabledProvider[];
}

/**
 * Validates the configuration file. Exit codes: 0 valid, also without a provider whose variable is not set; 1 missing;
 * 78 invalid, or with an invalid provider, which is disabled.
 */
export const configValidate = defineCommand({
  options: {},
  formats: ['json'],
  examples: [
    {
      line: 'openclaw config validate',
      does: 'Show each problem with its file, line, column and a suggestion.',
    },
    { line: 'openclaw config validate --json', does: 'The same for a program.' },
  ],
  docs: 'docs/cli.md#openclaw-config',
  async run({ host }) {
    const verdict = await judge(host);
    const { issues: _issues, ...rest } = verdict;
    host.output.show({ json: () => (verdict.valid ? rest : verdict), text: () => renderVerdict(verdict, host) });
    if (verdict.valid && verdict.disabledProviders.every(({ reason }) => reason === 'missing-variable')) return 0;
    return verdict.exists ? EXIT_CODES.configuration : EXIT_CODES.failed;
  },
});

async function judge({ env, cwd, profile }: Host): Promise<Verdict> {
  try {
    const { path, exists, warnings, disabledProviders } = await loadConfig({ env, cwd, profile });
    return { valid: exists, path, exists, issues: [], warnings, disabledProviders };
  } catch (error) {
    if (!(error instanceof ConfigError) || error.issues.length === 0) throw error;
    const { config } = resolveConfigPaths({ env, cwd, profile });
    return { valid: false, path: config, exists: true, issues: error.issues, warnings: [], disabledProviders: [] };
  }
}

function renderVerdict({ valid, path, exists, issues, warnings, disabledProviders }: Verdict, host: Host): string {
  const { style } = host.output;
  const shown = shortPath(path, host);
  const headline = valid
    ? disabledProviders.length === 0
      ? `${style.success('Valid:')} ${shown}`
      : `${style.warning('Valid, but')} ${disabledProviders.length === 1 ? 'a provider is' : `${disabledProviders.length} providers are`} disabled: ${shown}`
    : exists
      ? `${style.error('Invalid:')} ${shown}, ${issues.length === 1 ? 'one problem' : `${issues.length} problems`}`
      : `${style.error('Missing:')} ${shown} does not exist; the defaults apply.`;
  const disabled = disabledProviders.flatMap(({ id, issues: own }) => [
    `${style.warning('Disabled:')} ${id}`,
    ...own.map(formatConfigIssue),
  ]);
  return [
    headline,
    ...issues.map(formatConfigIssue),
    ...disabled,
    ...warnings.map((warning) => `${style.warning('Warning:')} ${formatConfigIssue(warning)}`),
  ].join('\n');
}
