import { apiKeyVariable, isKeyVariable, resolveCredential } from '@openclaw/config';
import { isLocalEndpoint, type ProviderSetup } from '@openclaw/runtime/internal';
import type { Check } from '../check.ts';
import type { Evidence } from '../evidence.ts';
import type { Finding } from '../finding.ts';

/** Checks for missing and useless keys. */
export const diagnoseKeys: Check = ({ loaded, setups }) =>
  loaded === undefined ? [] : setups.flatMap((setup) => judgeKey(setup, loaded));

function judgeKey({ id, baseUrl }: ProviderSetup, loaded: NonNullable<Evidence['loaded']>): Omit<Finding, 'check'>[] {
  const written = loaded.config.models.providers[id]?.apiKey?.trim();
  const credential = resolveCredential(id, loaded);
  const add = [`openclaw models auth add ${id}`, `export ${apiKeyVariable(id)}=…`];
  const isUnsetVariable = written !== undefined && isKeyVariable(written) && !loaded.env[written]?.trim();
  if (isUnsetVariable && credential === undefined) {
    const message = `models.providers.${id}.apiKey names the variable ${written}, which is not set, so no key is sent.`;
    if (isLocalEndpoint(baseUrl)) return [{ level: 'note', message }];
    return [{ level: 'error', message, fix: [`export ${written}=…`] }];
  }
  if (isLocalEndpoint(baseUrl)) {
    const needless =
      credential !== undefined &&
      credential.value !== 'ollama-local' &&
      id === 'ollama' &&
      credential.source === 'environment';
    return needless
      ? [{ level: 'note', message: `${credential.detail} contains a key, which a local Ollama does not need.` }]
      : [];
  }
  if (credential === undefined) {
    return [
      { level: 'error', message: `${id} at ${baseUrl} is not on your network, and there is no key for it.`, fix: add },
    ];
  }
  if (credential.value === 'ollama-local') {
    return [
      {
        level: 'error',
        message: `${id} at ${baseUrl} is not on your network. The placeholder "ollama-local" (from ${credential.detail}) does not work there.`,
        fix: add,
      },
    ];
  }
  return [{ level: 'ok', message: `${id} uses the key from ${credential.detail}.` }];
}
