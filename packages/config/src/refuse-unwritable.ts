import { ConfigError } from './config-error.ts';
import { formatConfigPath, type ConfigPath } from './config-path.ts';
import { isJsonObject, type JsonValue } from './json-value.ts';
import { isSecretMask } from './redact-config.ts';

/**
 * Rejects values that must not be written to a file.
 *
 * @throws ConfigError `bad-value` for a mask and for `$include`
 */
export function refuseUnwritable(value: JsonValue, path: ConfigPath): void {
  const at = formatConfigPath(path);
  if (path.includes('$include')) {
    throw new ConfigError('bad-value', {
      message: 'An `$include` decides which file contains which keys. Edit it by hand.',
    });
  }
  if (typeof value === 'string' && isSecretMask(value)) {
    throw new ConfigError('bad-value', {
      message: `The value for ${at} is a mask (***). Enter the secret itself, or \`\${VARIABLE}\`.`,
    });
  }
  if (Array.isArray(value)) value.forEach((item, index) => refuseUnwritable(item, [...path, String(index)]));
  else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) refuseUnwritable(item, [...path, key]);
}
