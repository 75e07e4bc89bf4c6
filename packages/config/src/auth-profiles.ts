import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigIssue } from './config-error.ts';
import { explainSystemError, systemErrorCode } from './explain-system-error.ts';
import { findMember, findNode, type Json5Node } from './json5-node.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import { parseJson5 } from './parse-json5.ts';
import { readRegularFile } from './read-regular-file.ts';
import { createLocator, type SourceText } from './source-text.ts';

/** One stored credential. */
export interface AuthProfile {
  /** `ollama:manual`. */
  id: string;
  provider: string;
  type: 'api_key' | 'token' | 'oauth';
  /** The key, the token, or the access token; never shown, see `maskSecret`. */
  secret: string;
  /** When the credential expires, in milliseconds since 1970, if it does. */
  expires?: number;
}

/** The credentials of one agent. */
export interface AuthProfiles {
  /** Absolute path of the `auth-profiles.json` they came from. */
  file: string;
  profiles: readonly AuthProfile[];
  /** Profile ids by provider, first choice first. */
  order: Readonly<Record<string, readonly string[]>>;
}

/** The file of an agent's credentials. */
export function authProfilesFile({ stateDir, agent }: { stateDir: string; agent: string }): string {
  return join(agentsDirectory(stateDir), agent, 'agent', 'auth-profiles.json');
}

/** The contents of the files of all agents. */
export interface StoredCredentials {
  /** The credentials of every agent that has any. */
  byAgent: Record<string, AuthProfiles>;
  /** The agents that have a directory, with or without credentials. */
  agents: readonly string[];
  /** Invalid files and credentials, which were skipped. */
  problems: ConfigIssue[];
}

/** Far above the size of a list of keys. */
export const MAX_AUTH_PROFILES_BYTES = 1024 * 1024;

/** Loads the credentials of all agents. A missing file has no credentials; an invalid file is reported. */
export async function readAuthProfiles({ stateDir }: { stateDir: string }): Promise<StoredCredentials> {
  const byAgent: Record<string, AuthProfiles> = {};
  const problems: ConfigIssue[] = [];
  const directory = agentsDirectory(stateDir);
  const agents = await readdir(directory).catch((error: unknown): string[] => {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') problems.push(unreadable(directory, explainSystemError(error)));
    return [];
  });
  for (const agent of agents) {
    const file = authProfilesFile({ stateDir, agent });
    const reading = await readRegularFile(file, { maxBytes: MAX_AUTH_PROFILES_BYTES });
    if (reading.type === 'refused') problems.push(unreadable(file, reading.why));
    if (reading.type !== 'text') continue;
    const parsed = parseAuthProfiles(reading.text, { file });
    if (parsed) byAgent[agent] = parsed.profiles;
    problems.push(...(parsed ? parsed.problems : [unusableFile(file, 'not a JSON object')]));
  }
  return { byAgent, agents, problems };
}

/** The paths of credentials: the directory of agents and the file of each agent, whether they exist or not. */
export function authProfilePaths({ stateDir, agents }: { stateDir: string; agents: readonly string[] }): string[] {
  return [agentsDirectory(stateDir), ...new Set(agents.map((agent) => authProfilesFile({ stateDir, agent })))];
}

function agentsDirectory(stateDir: string): string {
  return join(stateDir, 'agents');
}

/** The contents of an `auth-profiles.json`. */
export interface ParsedAuthProfiles {
  profiles: AuthProfiles;
  /** Invalid credentials, which were skipped. */
  problems: ConfigIssue[];
}

/**
 * Parses an `auth-profiles.json` in the current format or the older `{ "<provider>": { "apiKey": "…" } }`; undefined if
 * it is not a JSON object.
 */
export function parseAuthProfiles(text: string, { file }: { file: string }): ParsedAuthProfiles | undefined {
  const root = parseJsonObject(text);
  if (!root) return undefined;
  const { profiles, order } = root;
  const read: [path: string[], profile: AuthProfile | Unusable][] = isJsonObject(profiles)
    ? Object.entries(profiles).map(([id, profile]) => [['profiles', id], readProfile(id, profile)])
    : Object.entries(root).flatMap(([id, entry]) => (isFlatProfile(entry) ? [[[id], readFlatProfile(id, entry)]] : []));
  const usable: AuthProfile[] = [];
  const unusable: [path: string[], profile: Unusable][] = [];
  for (const [path, profile] of read) {
    if ('why' in profile) unusable.push([path, profile]);
    else usable.push(profile);
  }
  const isOrdered = isJsonObject(profiles) && isJsonObject(order);
  return {
    profiles: {
      file,
      profiles: usable,
      order: isOrdered ? Object.fromEntries(Object.entries(order).map(([key, ids]) => [key, strings(ids)])) : {},
    },
    problems: unusable.length === 0 ? [] : describeUnusable(unusable, { file, text }),
  };
}

/** A JSON object, or undefined for anything else. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const secretFields = { api_key: 'key', token: 'token', oauth: 'access' } as const;

/** Why a credential is invalid. */
interface Unusable {
  why: string;
}

function readProfile(id: string, profile: JsonValue): AuthProfile | Unusable {
  if (!isJsonObject(profile)) return { why: 'must be an object' };
  const { type, provider = id.split(':')[0], expires } = profile;
  if (type !== 'api_key' && type !== 'token' && type !== 'oauth')
    return { why: '`type` must be "api_key", "token" or "oauth"' };
  if (typeof provider !== 'string') return { why: '`provider` must be a string' };
  const field = secretFields[type];
  const secret = profile[field];
  if (typeof secret === 'string' && secret.trim() !== '')
    return { id, provider, type, secret: secret.trim(), ...(typeof expires === 'number' && { expires }) };
  const isReference = profile[`${field}Ref`] !== undefined;
  return {
    why: isReference
      ? `\`${field}Ref\` is not supported: write the secret itself as \`${field}\``
      : `\`${field}\` must be a string that is not empty`,
  };
}

/** An entry of the older format. */
export function isFlatProfile(entry: JsonValue): entry is JsonObject & { apiKey: JsonValue } {
  return isJsonObject(entry) && 'apiKey' in entry;
}

function readFlatProfile(provider: string, { apiKey }: JsonObject): AuthProfile | Unusable {
  return typeof apiKey === 'string' && apiKey.trim() !== ''
    ? { id: provider, provider, type: 'api_key', secret: apiKey.trim() }
    : { why: '`apiKey` must be a string that is not empty' };
}

function strings(value: JsonValue): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function unreadable(file: string, why: string): ConfigIssue {
  return unusableFile(file, `cannot be read (${why})`);
}

function unusableFile(file: string, why: string): ConfigIssue {
  const message = `${why}; the keys in it are not used`;
  return { code: 'bad-credentials-file', path: '', message, file, line: 1, column: 1, excerpt: '' };
}

/** The line itself is not shown, because it may contain the secret. */
function describeUnusable(
  unusable: readonly (readonly [path: readonly string[], profile: Unusable])[],
  source: SourceText,
): ConfigIssue[] {
  const root = tryToParse(source);
  const locate = createLocator();
  return unusable.map(([path, { why }]) => {
    const parent = root && findNode(root, path.slice(0, -1));
    const { start = 0 } = (parent && findMember(parent, path.at(-1) ?? '')) ?? {};
    return {
      ...locate(source, start),
      code: 'bad-credential',
      path: path.map((key, index) => (index === 0 ? key : `[${JSON.stringify(key)}]`)).join(''),
      message: `${why}; this credential is not used`,
      excerpt: '',
    };
  });
}

/** Undefined for JSON that is nested too deeply. */
function tryToParse(source: SourceText): Json5Node | undefined {
  try {
    return parseJson5(source);
  } catch {
    return undefined;
  }
}
