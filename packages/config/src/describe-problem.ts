import type * as v from 'valibot';
import type { ConfigPath } from './config-path.ts';
import { nearest } from './nearest.ts';

/** An issue of the schema, described for people. */
export interface Problem {
  path: ConfigPath;
  message: string;
  suggestion?: string;
}

/** Describes an issue of valibot. An issue of a union becomes the issues of the most likely branch. */
export function describeProblem(issue: v.BaseIssue<unknown>): Problem[] {
  const path = pathOf(issue);
  if (issue.type === 'union') {
    const inside = (issue.issues ?? []).filter((nested) => pathOf(nested).length > 0);
    const expected = issue.expected
      ?.replaceAll('Object', 'an object')
      .replaceAll(' | ', ' or ')
      .replaceAll(/[()]/g, '');
    if (inside.length === 0) return [{ path, message: `expected ${named(expected)}, got ${kindOf(issue.input)}` }];
    return inside.flatMap(describeProblem).map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  }
  if (issue.kind === 'schema' && issue.received === 'undefined') return [{ path, message: 'required, but missing' }];
  if (issue.type === 'picklist' || issue.type === 'literal') return [outsideOfList(issue, path)];
  return [{ path, message: messages[issue.type]?.(issue) ?? issue.message }];
}

const messages: Readonly<Record<string, (issue: v.BaseIssue<unknown>) => string>> = {
  string: expected,
  number: expected,
  boolean: expected,
  array: expected,
  record: expected,
  strict_object: expected,
  object_with_rest: expected,
  integer: ({ input }) => `expected a whole number, got ${String(input)}`,
  min_value: ({ requirement, input }) => `must be at least ${String(requirement)}, got ${String(input)}`,
  max_value: ({ requirement, input }) => `must be at most ${String(requirement)}, got ${String(input)}`,
  non_empty: () => 'must not be empty',
};

function expected({ expected: type, input }: v.BaseIssue<unknown>): string {
  return `expected ${named(type)}, got ${kindOf(input)}`;
}

const names: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
  'string or an object': 'a string or an object',
  'string or number': 'a string or a number',
};

function named(type: string | null | undefined): string {
  return names[type ?? ''] ?? type ?? 'something else';
}

/** Only the type: the value may be a secret. */
function kindOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'number') return Number.isNaN(input) ? 'NaN' : 'a number';
  return { string: 'a string', boolean: 'true or false', object: 'an object' }[String(typeof input)] ?? typeof input;
}

/** Enumerated values are never secrets, so the value may be shown. */
function outsideOfList({ expected: type, input }: v.BaseIssue<unknown>, path: ConfigPath): Problem {
  const choices = [...(type ?? '').matchAll(/"([^"]*)"/g)].map(([, choice = '']) => choice);
  const got = typeof input === 'string' ? `"${input.slice(0, 60)}"` : kindOf(input);
  const suggestion = typeof input === 'string' ? nearest(input, choices) : undefined;
  const list = choices.length > 0 ? choices.map((choice) => `"${choice}"`).join(', ') : (type ?? '');
  return { path, message: `expected ${list}, got ${got}`, ...(suggestion !== undefined && { suggestion }) };
}

function pathOf(issue: v.BaseIssue<unknown>): string[] {
  return (issue.path ?? []).map(({ key }) => String(key));
}
