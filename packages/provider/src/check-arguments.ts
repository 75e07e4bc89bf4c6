/**
 * Checks of what callers in plain JavaScript pass, at the functions that take it. A wrong shape is a bug of the caller, and would
 * otherwise be sent to a server, or fail far from its cause.
 */
export interface CheckOptions {
  /** The function that was called: `provider.stream`. */
  readonly caller: string;
}

/**
 * Checks the parts of a `ChatRequest` that are often written in OpenAI's shape: messages and tools. Each message is looked
 * at once.
 * @throws {TypeError} naming what is wrong, and what is expected
 */
export function checkChatRequest(request: unknown, { caller }: CheckOptions): void {
  if (!isObject(request))
    failArgument(caller, { path: 'request', value: request, expected: 'an object with `messages`' });
  const { messages, tools } = request;
  if (!Array.isArray(messages))
    failArgument(caller, {
      path: 'request.messages',
      value: messages,
      expected: `an array, such as [${USER_MESSAGE}]`,
    });
  for (let at = 0; at < messages.length; at += 1) {
    const problem = findMessageProblem(messages[at]);
    if (problem !== undefined) failArgument(caller, { ...problem, path: `request.messages[${at}]${problem.path}` });
  }
  if (tools !== undefined) checkTools(tools, { caller, path: 'request.tools' });
}

/**
 * Checks the tools of a request.
 * @throws {TypeError} naming the tool that is wrong, and what is expected
 */
export function checkTools(
  tools: unknown,
  { caller, path = 'tools' }: CheckOptions & { readonly path?: string },
): void {
  if (!Array.isArray(tools)) failArgument(caller, { path, value: tools, expected: `an array, such as [${TOOL}]` });
  for (let at = 0; at < tools.length; at += 1) {
    const tool: unknown = tools[at];
    if (isObject(tool) && typeof tool['name'] === 'string') continue;
    const isOpenAI = isObject(tool) && isObject(tool['function']);
    failArgument(caller, {
      path: `${path}[${at}]${isObject(tool) && !isOpenAI ? '.name' : ''}`,
      value: isObject(tool) && !isOpenAI ? tool['name'] : tool,
      found: isOpenAI ? "a tool in OpenAI's shape" : undefined,
      expected: isOpenAI ? `${TOOL}: pass the object that is in \`function\`` : `a tool such as ${TOOL}`,
    });
  }
}

/**
 * Checks that a value can be read with `for await`.
 * @throws {TypeError} naming what came, and what is expected
 */
export function checkEvents(events: unknown, { caller }: CheckOptions): void {
  if (isObject(events) && typeof events[Symbol.asyncIterator] === 'function') return;
  const expected = 'an async iterable of events, such as `provider.stream(request)`';
  failArgument(caller, { path: 'events', value: events, expected });
}

/** @throws {TypeError} always: `chat: \`request.messages\` is missing. Expected an array, …` */
export function failArgument(caller: string, { path, value, found, expected }: WrongArgument): never {
  throw new TypeError(`${caller}: \`${path}\` is ${found ?? describeValue(value)}. Expected ${expected}.`);
}

export interface WrongArgument {
  /** From the name of the argument: `request.tools[0]`. */
  readonly path: string;
  readonly value: unknown;
  /** What came, if that says more than its type. */
  readonly found?: string | undefined;
  readonly expected: string;
}

const USER_MESSAGE = "{ role: 'user', content: 'Hello' }";
const TOOL = "{ name: 'get_weather', parameters: { type: 'object', properties: {} } }";
const ROLES: ReadonlySet<unknown> = new Set(['system', 'user', 'assistant', 'tool']);

function findMessageProblem(message: unknown): WrongArgument | undefined {
  if (!isObject(message)) return { path: '', value: message, expected: `a message such as ${USER_MESSAGE}` };
  const { role, content, toolCalls } = message;
  if (!ROLES.has(role)) return { path: '.role', value: role, expected: '"system", "user", "assistant" or "tool"' };
  if (typeof content !== 'string' && !Array.isArray(content))
    return { path: '.content', value: content, expected: "a string, '' for none, or an array of parts" };
  if (role === 'tool' && typeof message['toolCallId'] !== 'string')
    return { path: '.toolCallId', value: message['toolCallId'], expected: 'the id of the call that it answers' };
  if (message['tool_calls'] !== undefined && toolCalls === undefined)
    return {
      path: '.tool_calls',
      value: undefined,
      found: "a field of OpenAI's messages",
      expected: "`toolCalls`, such as [{ id: 'call_1', name: 'get_weather', argumentsText: '{}' }]",
    };
  return Array.isArray(content) ? findPartProblem(content) : undefined;
}

function findPartProblem(parts: readonly unknown[]): WrongArgument | undefined {
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (isObject(part) && part['type'] === 'text' && typeof part['text'] === 'string') continue;
    if (isObject(part) && part['type'] === 'image' && typeof part['url'] === 'string') continue;
    if (isObject(part) && part['type'] === 'raw') continue;
    const isOpenAI = isObject(part) && part['type'] === 'image_url';
    return {
      path: `.content[${at}]`,
      value: part,
      found: isOpenAI ? "an image in OpenAI's shape" : undefined,
      expected: "{ type: 'text', text: 'Hello' } or { type: 'image', url: 'data:image/png;base64,…' }",
    };
  }
  return undefined;
}

/** What a value is. Of what may be long or private, only its type. */
function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return value.length <= 40 ? JSON.stringify(value) : 'a long string';
  if (typeof value === 'object') {
    const { name } = value.constructor ?? {};
    return typeof name !== 'string' || name === 'Object' ? 'an object of another shape' : `a ${name}`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

function isObject(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === 'object' && value !== null;
}
