import { createHash } from 'node:crypto';

/** What a tool is to the client. Models know only functions, so each form is represented by a function. */
export type ToolForm =
  | NamedToolForm
  /** Tools that the client runs and whose parameters the API defines. */
  | { readonly type: 'local_shell' | 'shell' | 'apply_patch' };

/** `custom`: the input is text and not JSON. */
export interface NamedToolForm {
  readonly type: 'function' | 'custom';
  readonly name: string;
  /** A group of tools: Codex puts those of each MCP server in one. */
  readonly namespace?: string | undefined;
}

/** Forms by the name of the function that the model sees. */
export type ToolForms = ReadonlyMap<string, ToolForm>;

/** The name of the function that represents a tool. The same tool has the same name in each request. */
export function functionNameOf(form: ToolForm): string {
  if (form.type !== 'function' && form.type !== 'custom') return form.type;
  const { name, namespace } = form;
  return namespace === undefined ? name : joinNames(namespace, name);
}

/** OpenAI's limits for the name of a function, which many servers have adopted. */
const MAX_CHARACTERS = 64;
const HASH_CHARACTERS = 8;

/** A name that had to be changed ends with a hash, so that two of them never become one. */
function joinNames(namespace: string, name: string): string {
  const joined = `${namespace}__${name}`;
  if (/^[\w-]+$/.test(joined) && joined.length <= MAX_CHARACTERS) return joined;
  const hash = createHash('sha256').update(joined).digest('hex').slice(0, HASH_CHARACTERS);
  const start = joined.replaceAll(/[^\w-]/g, '_').slice(0, MAX_CHARACTERS - HASH_CHARACTERS - 1);
  return `${start}_${hash}`;
}
