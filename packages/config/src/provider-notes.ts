import type { Environment } from './environment.ts';
import type { Finding } from './finding.ts';
import { findNode, type Json5Node, type Member } from './json5-node.ts';
import { isKeyVariable, needsNoKey } from './key-names.ts';

/** Values of providers that are accepted, and do not mean what their author may think. */
export function providerNotes(root: Json5Node, { env }: { env: Environment }): Finding[] {
  const providers = findNode(root, ['models', 'providers']);
  if (providers?.type !== 'object') return [];
  return providers.members.flatMap(({ key: id, value }) => {
    const path = ['models', 'providers', id];
    return [...notesOn(value, { path, id, env }), ...notesOnEndpoints(value, { path, id, env })];
  });
}

interface NoteOptions {
  /** Of the object. */
  readonly path: readonly string[];
  /** Of the provider. */
  readonly id: string;
  readonly env: Environment;
}

function notesOnEndpoints(provider: Json5Node, { path, ...options }: NoteOptions): Finding[] {
  const endpoints = findNode(provider, ['endpoints']);
  if (endpoints?.type !== 'array') return [];
  return endpoints.members.flatMap(({ key, value }) =>
    notesOn(value, { path: [...path, 'endpoints', key], ...options }),
  );
}

function notesOn(node: Json5Node, options: NoteOptions): Finding[] {
  return node.type === 'object' ? node.members.flatMap((member) => noteOn(member, options) ?? []) : [];
}

function noteOn(
  { key, value: { source, start, ...node } }: Member,
  { path: parent, id, env }: NoteOptions,
): Finding | undefined {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return undefined;
  const path = [...parent, key];
  if (key === 'api' && node.value === 'openai-responses') {
    const message = 'this server is asked over chat completions (`openai-completions`)';
    return { code: 'adapted-value', path, message, source, offset: start };
  }
  const text = node.value.trim();
  const [, name] = /^\$([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (name !== undefined && (key === 'apiKey' || key === 'baseUrl')) {
    const message = `\`$${name}\` is used as it is; for the environment variable write \`\${${name}}\``;
    return { code: 'suspicious-value', path, message, source, offset: start };
  }
  if (key !== 'apiKey' || !isKeyVariable(text) || env[text]?.trim()) return undefined;
  const why = needsNoKey(id) ? '; Ollama needs no key and is used without one' : ', so no key is sent';
  return {
    code: 'missing-variable',
    path,
    message: `the environment variable ${text} is not set${why}`,
    source,
    offset: start,
  };
}
