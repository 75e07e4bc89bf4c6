import {
  authProfilesFile,
  MAX_AUTH_PROFILES_BYTES,
  isFlatProfile,
  parseAuthProfiles,
  parseJsonObject,
  type AuthProfile,
} from './auth-profiles.ts';
import { ConfigError } from './config-error.ts';
import { resolveConfigPaths, type ConfigLocation } from './config-paths.ts';
import { withFileLock } from './file-lock.ts';
import { isJsonObject, ownProperty, setProperty, type JsonObject } from './json-value.ts';
import { readRegularFile } from './read-regular-file.ts';
import { isSecretMask, maskSecret } from './redact-config.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

export interface AuthProfileOptions extends ConfigLocation {
  /** The agent of the credentials. @default 'main' */
  agent?: string | undefined;
}

/** A stored credential, masked. */
export interface AuthProfileSummary extends Omit<AuthProfile, 'secret'> {
  /** `sk-t***7890`, or `***`. */
  masked: string;
  /** The file that contains it. */
  file: string;
}

/** Lists the stored credentials of an agent, masked. */
export async function listAuthProfiles(options: AuthProfileOptions = {}): Promise<AuthProfileSummary[]> {
  const file = fileOf(options);
  const text = await readText(file);
  const store = text === undefined ? undefined : parseAuthProfiles(text, { file });
  if (text !== undefined && !store) throw unreadable(file);
  return (store?.profiles.profiles ?? []).map(({ secret, ...profile }) => ({
    ...profile,
    masked: maskSecret(secret),
    file,
  }));
}

/**
 * Stores an API key, replacing one with the same id. The rest of the file is unchanged.
 *
 * @throws ConfigError `bad-value` for an empty key or a mask; `unreadable`, `read-only`, `locked`
 */
export async function addAuthProfile(
  {
    provider,
    key,
    id = `${provider}:manual`,
  }: { provider: string; key: string; /** @default '<provider>:manual' */ id?: string },
  options: AuthProfileOptions = {},
): Promise<AuthProfileSummary> {
  const secret = key.trim();
  if (secret === '') throw new ConfigError('bad-value', { message: 'The key is empty.' });
  if (isSecretMask(secret)) {
    throw new ConfigError('bad-value', { message: 'The key is a mask (***). Enter the key itself.' });
  }
  const file = fileOf(options);
  await change(file, (root) => {
    const { profiles, ...rest } = withProfiles(root);
    const stored: JsonObject = { ...profiles };
    setProperty(stored, { key: id, value: { type: 'api_key', provider, key: secret } });
    return { ...rest, profiles: stored };
  });
  return { id, provider, type: 'api_key', masked: maskSecret(secret), file };
}

/**
 * Removes a stored credential, and its id from the order.
 *
 * @throws ConfigError `path-not-found` if there is none with that id
 */
export async function removeAuthProfile(id: string, options: AuthProfileOptions = {}): Promise<void> {
  const file = fileOf(options);
  await change(file, (root) => {
    const { profiles, order, ...rest } = withProfiles(root);
    if (ownProperty(profiles, id) === undefined) {
      const known = Object.keys(profiles).join(', ') || 'none';
      throw new ConfigError('path-not-found', { message: `There is no profile "${id}" in ${file}. Stored: ${known}.` });
    }
    const kept = Object.fromEntries(Object.entries(profiles).filter(([key]) => key !== id));
    return { ...rest, profiles: kept, ...(isJsonObject(order) && { order: withoutId(order, id) }) };
  });
}

function fileOf({ agent = 'main', ...location }: AuthProfileOptions): string {
  if (!/^[a-z0-9][\w-]{0,63}$/i.test(agent)) {
    throw new ConfigError('bad-path', { message: `"${agent}" cannot be the id of an agent.` });
  }
  return authProfilesFile({ stateDir: resolveConfigPaths(location).stateDir, agent });
}

async function change(file: string, edit: (root: JsonObject) => JsonObject): Promise<void> {
  await withFileLock(`${file}.lock`, async () => {
    const text = await readText(file);
    const root = text === undefined ? {} : parseJsonObject(text);
    if (!root) throw unreadable(file);
    await writeFileAtomically(file, `${JSON.stringify(edit(root), null, 2)}\n`);
  });
}

/** Returns the file in the current format; converts the older flat format. */
function withProfiles(root: JsonObject): JsonObject & { profiles: JsonObject } {
  const { profiles } = root;
  if (isJsonObject(profiles)) return { ...root, profiles };
  const converted = Object.entries(root).flatMap(([provider, entry]): [string, JsonObject][] =>
    isFlatProfile(entry) ? [[provider, { type: 'api_key', provider, key: entry.apiKey }]] : [],
  );
  const others = Object.entries(root).filter(([key]) => !converted.some(([provider]) => provider === key));
  return { version: 1, ...Object.fromEntries(others), profiles: Object.fromEntries(converted) };
}

function withoutId(order: JsonObject, id: string): JsonObject {
  return Object.fromEntries(
    Object.entries(order).map(([provider, ids]) => [
      provider,
      Array.isArray(ids) ? ids.filter((other) => other !== id) : ids,
    ]),
  );
}

async function readText(file: string): Promise<string | undefined> {
  const reading = await readRegularFile(file, { maxBytes: MAX_AUTH_PROFILES_BYTES });
  if (reading.type === 'text') return reading.text;
  if (reading.type === 'missing') return undefined;
  throw new ConfigError('unreadable', { message: `Cannot read ${file}: ${reading.why}.` });
}

function unreadable(file: string): ConfigError {
  return new ConfigError('unreadable', { message: `${file} is not a JSON object; repair or delete it.` });
}
