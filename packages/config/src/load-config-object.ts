import { ConfigError } from './config-error.ts';
import { inspectSources } from './inspect-sources.ts';
import { inspectWithSecrets } from './inspect-with-secrets.ts';
import { authoredOf, requireValid } from './load-config.ts';
import type { LoadedConfig } from './loaded-config.ts';
import { parseDocument } from './read-sources.ts';
import type { OpenClawConfigInput } from './schema/openclaw-config.ts';

export interface LoadConfigObjectOptions {
  /** For `${VARIABLE}` and the keys of providers. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Validates a configuration that a program has as an object, by the rules of the file, and adds the defaults. No file is
 * read, except the secrets that it references.
 *
 * @throws ConfigError `invalid` with every issue; the places in `issues` are those of the object as indented JSON
 */
export async function loadConfigObject(
  config: OpenClawConfigInput,
  { env: processEnv = process.env }: LoadConfigObjectOptions = {},
): Promise<LoadedConfig> {
  const document = parseDocument(NAME, JSON.stringify(config, null, 2));
  const sources = { root: NAME, exists: true, documents: new Map([[NAME, document]]), links: new Map() };
  const found = inspectSources(sources, { env: processEnv });
  const {
    node,
    env,
    checked,
    config: valid,
    warnings,
  } = requireValidObject(await inspectWithSecrets(found, { sources, readSecrets: true }));
  return {
    config: valid,
    authored: authoredOf(node),
    path: '',
    exists: false,
    files: [],
    emptyFiles: [],
    warnings,
    disabledProviders: checked.disabledProviders,
    env,
    environmentPaths: [],
    stateDir: '',
    profile: undefined,
    authProfiles: {},
    authProfilePaths: [],
  };
}

/** Instead of a file name. */
const NAME = 'config';

/** Keys lead to a value of an object; lines do not. */
function requireValidObject(inspection: Parameters<typeof requireValid>[0]): ReturnType<typeof requireValid> {
  try {
    return requireValid(inspection, NAME);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = error.issues.map(({ path, message, suggestion }) => {
      const hint = suggestion === undefined ? '' : ` — did you mean \`${suggestion}\`?`;
      return `\`${path}\`: ${message}${hint}`;
    });
    throw new ConfigError('invalid', {
      message: ['The configuration is invalid:', ...lines].join('\n'),
      issues: error.issues,
    });
  }
}
