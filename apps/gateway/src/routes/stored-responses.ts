import type { RouteHandler } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { sendReply } from '../http/send-reply.ts';
import type { ResponseStore, StoredResponse } from '../surfaces/openai-responses/response-store.ts';
import type { ResponseStores } from '../surfaces/openai-responses/response-stores.ts';

/** `GET /v1/responses/{id}` and `GET /v1/responses/{id}/input_items`. */
export function showResponse(stores: ResponseStores): RouteHandler {
  return (exchange) => {
    const { response, isList } = findResponse(exchange.parameter, stores.of(exchange.sender.name));
    const query = queryOf(exchange.request.url);
    if (isList) {
      sendReply(exchange, { body: encodeItemList(response, query) });
      return;
    }
    if (query.get('stream') === 'true') {
      throw new GatewayError('invalid-request', 'A response that has ended cannot be streamed. Leave out `stream`.', {
        param: 'stream',
      });
    }
    sendReply(exchange, { body: response.body });
  };
}

/** `DELETE /v1/responses/{id}` */
export function deleteResponse(stores: ResponseStores): RouteHandler {
  return (exchange) => {
    const store = stores.of(exchange.sender.name);
    const { response, isList } = findResponse(exchange.parameter, store);
    if (isList) throw notFound(exchange.parameter);
    store.delete(response.id);
    sendReply(exchange, { body: JSON.stringify({ id: response.id, object: 'response', deleted: true }) });
  };
}

/**
 * `POST /v1/responses/{id}/cancel`, `/v1/responses/compact` and others that OpenAI has and this gateway has not. A
 * response that is kept has ended: only responses in the background could be cancelled, and there are none.
 */
export function refuseResponseAction(stores: ResponseStores): RouteHandler {
  return ({ parameter, sender }) => {
    const [id = '', action, ...more] = parameter.split('/');
    if (action === 'cancel' && more.length === 0) {
      if (stores.of(sender.name).get(id) === undefined) throw notFound(id);
      throw new GatewayError(
        'invalid-request',
        'Only a response with `background: true` can be cancelled, and this gateway has none. To cancel a response that is being written, close its connection.',
      );
    }
    if (parameter === 'compact')
      throw new GatewayError(
        'not-found',
        'This gateway does not compact conversations. Let the client summarise them with POST /v1/responses: set its context window to that of the model.',
      );
    throw new GatewayError(
      'not-found',
      `There is nothing at ${JSON.stringify(`/v1/responses/${parameter.slice(0, 200)}`)}. Use POST /v1/responses, and GET or DELETE /v1/responses/{id}.`,
    );
  };
}

/** @throws {GatewayError} `not-found` */
function findResponse(path: string, store: ResponseStore): { response: StoredResponse; isList: boolean } {
  const [id = '', below, ...more] = path.split('/');
  const response = store.get(id);
  const known = below === undefined || (below === 'input_items' && more.length === 0);
  if (response === undefined || !known) throw notFound(path);
  return { response, isList: below !== undefined };
}

function notFound(path: string): GatewayError {
  return new GatewayError(
    'not-found',
    `Response with id ${JSON.stringify(path.slice(0, 100))} not found. Responses are kept in memory until the gateway restarts or newer ones take their place, and not at all with \`store: false\`.`,
  );
}

function queryOf(url = ''): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start));
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** A page of the input; as OpenAI lists it, the newest item first unless `order` is `asc`. */
function encodeItemList({ input }: StoredResponse, query: URLSearchParams): string {
  const ordered = query.get('order') === 'asc' ? input : input.toReversed();
  const after = query.get('after');
  const start = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
  const page = ordered.slice(start, start + readLimit(query.get('limit')));
  const data = page.map(({ text }) => text).join(',');
  const ends = { first_id: page[0]?.id ?? null, last_id: page.at(-1)?.id ?? null };
  const hasMore = start + page.length < ordered.length;
  return `{"object":"list","data":[${data}],${JSON.stringify({ ...ends, has_more: hasMore }).slice(1)}`;
}

function readLimit(text: string | null): number {
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new GatewayError('invalid-request', `\`limit\` must be a whole number from 1 to ${MAX_LIMIT}.`, {
    param: 'limit',
  });
}
