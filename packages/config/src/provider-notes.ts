import type { Environment } from './environment.ts';
import type { Finding } from './finding.ts';
import { findNode, type Json5Node, type Member } from './json5-node.ts';
import { isKeyVariable, needsNoKey } from './key-names.ts';

/** Values of providers that are accepted, and do not mean what their author may think. */
export function providerNotes(root: Json5Node, { env }: { env: Environment }): Finding[] {
  const providers = findNode(root, ['models', 'providers']);
  if (providers?.type !== 'object') return [];
  return providers.members.flatMap(({ key: id, value }) =>
    value.type === 'object' ? value.members.flatMap((member) => noteOn(member, { id, env }) ?? []) : [],
  );
}

function noteOn(
  { key, value: { source, start, ...node } }: Member,
  { id, env }: { id: string; env: Environment },
): Finding | undefined {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return undefined;
  const path = ['models', 'providers', id, key];
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
