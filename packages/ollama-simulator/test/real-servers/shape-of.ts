import type { ReceivedResponse } from './exchange.ts';

/** What has to be equal in two exchanges: everything but the values that differ from run to run. */
export interface ExchangeShape {
  status: number;
  headers: readonly string[];
  body: unknown;
}

/** The shape of a response. Equal neighbouring events of a stream count once, because tokens differ in number. */
export function shapeOf({ status, headers, body }: ReceivedResponse): ExchangeShape {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  return { status, headers: headerShapes(headers), body: bodyShape(body, type) };
}

const COMPARED_HEADERS = /^(content-type|location|allow|vary|access-control-.*)$/;

function headerShapes(headers: ReceivedResponse['headers']): string[] {
  return headers
    .flatMap(([name, value]) => {
      if (name === 'content-length' || name === 'transfer-encoding') return [`framing: ${name}`];
      return COMPARED_HEADERS.test(name) ? [`${name}: ${value}`] : [];
    })
    .toSorted();
}

function bodyShape(body: string, type: string): unknown {
  if (body === '') return '';
  if (type.startsWith('application/x-ndjson')) return merged(body.split('\n').filter(Boolean).map(jsonShape));
  if (type.startsWith('text/event-stream')) {
    return merged(
      body
        .split('\n\n')
        .filter(Boolean)
        .map((frame) => (frame === 'data: [DONE]' ? '[DONE]' : jsonShape(frame.replace('data: ', '')))),
    );
  }
  if (!type.startsWith('application/json')) return body;
  return { json: jsonShape(body), endsInNewline: body.endsWith('\n') };
}

function merged(events: readonly unknown[]): unknown[] {
  return events.filter(
    (event, position) => position === 0 || JSON.stringify(event) !== JSON.stringify(events[position - 1]),
  );
}

function jsonShape(text: string): unknown {
  return valueShape(JSON.parse(text), '');
}

/** Texts that are compared word for word: names and reasons of the protocol, names of models, and errors. */
const LITERAL = new Set([
  'model',
  'name',
  'role',
  'type',
  'object',
  'finish_reason',
  'done_reason',
  'error',
  'message',
  'param',
  'code',
  'parent_model',
  'format',
  'family',
  'quantization_level',
  'owned_by',
  'general.architecture',
  'tokenizer.ggml.model',
  'system_fingerprint',
  'capabilities',
  'families',
  'city',
  'zone',
  'unit',
  'title',
  'tags',
  'license',
  'system',
  'stop',
]);

function valueShape(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return arrayShape(value, key);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, member]) => [name, valueShape(member, name)]),
    );
  }
  if (typeof value === 'number') return key === 'index' ? value : 'number';
  if (typeof value !== 'string') return value;
  if (key === 'parent_model' && value.startsWith('/')) return 'path';
  if (key === 'id')
    return value
      .replace(/\d+$/, 'N')
      .replace(/^call_[a-z0-9]{8}$/i, 'call_X')
      .replace(/^call_[a-z0-9]*N$/, 'call_X');
  if (key === 'arguments') return jsonShape(value);
  if (key === 'parameters') return value.split('\n').toSorted().join('\n');
  if (LITERAL.has(key)) return value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return 'date';
  return value === '' ? 'empty' : 'text';
}

function arrayShape(values: readonly unknown[], key: string): unknown {
  if (values.length > 0 && values.every((value) => typeof value === 'number')) return 'numbers';
  const shapes = values.map((value) => valueShape(value, key));
  if (key === 'models' || key === 'data') return byName(shapes);
  // The number of tokens differs.
  return key === 'content' || key === 'logprobs' || key === 'top_logprobs' ? merged(shapes) : shapes;
}

/** Lists of models are in the order of dates that differ by less than a second. */
function byName(shapes: readonly unknown[]): unknown[] {
  return shapes.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
