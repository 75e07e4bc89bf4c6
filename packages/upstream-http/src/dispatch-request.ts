import type { Dispatcher } from 'undici';
import { isConnectionReused, trackConnection } from './connection-pool.ts';
import type { PendingConnection } from './connection-pool.ts';
import type { HttpHeaders } from './http-exchange.ts';

/** A request to a server. The body is held whole, so that it can be sent again. */
export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Handles the response to a request that may go out twice: `onRequestStart` is then called once more. */
export interface ResponseHandler extends Dispatcher.DispatchHandler {
  /** The connection was lost, and a new one is being opened for the same request. The controller of the first is void. */
  onReconnect(): void;
}

export interface DispatchOptions {
  readonly request: HttpRequest;
  readonly handler: ResponseHandler;
  /** Receives the socket that is opened for the request. */
  readonly pending: PendingConnection;
}

/**
 * Sends a request. When a connection that was idle in the pool is lost before a byte of the response came, the request is
 * sent once more, on a new connection: the server closed the old one while the request was on its way.
 */
export function dispatchRequest(dispatcher: Dispatcher, options: DispatchOptions): void {
  new DispatchedRequest(dispatcher, options).send();
}

/** A class, as there is one for each request: the closures of an object would cost more than what they do. */
class DispatchedRequest implements Dispatcher.DispatchHandler {
  readonly #dispatcher: Dispatcher;
  readonly #options: DispatchOptions;
  readonly #handler: ResponseHandler;
  #controller: Dispatcher.DispatchController | undefined;
  #mayResend = false;
  #resent = false;

  constructor(dispatcher: Dispatcher, options: DispatchOptions) {
    this.#dispatcher = dispatcher;
    this.#options = options;
    this.#handler = options.handler;
  }

  send(): void {
    const { request, pending } = this.#options;
    const { url, headers, body } = request;
    const { path, origin } = targetOf(url);
    // undici keeps a pool for each spelling of an origin. Connections of the second one serve a single request
    // (`reset`), so that none of them is ever idle and about to be closed.
    const target = this.#resent ? { origin: `${origin}/`, reset: true } : { origin };
    trackConnection(pending, () => this.#dispatcher.dispatch({ ...target, path, method: 'POST', headers, body }, this));
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#controller = controller;
    this.#mayResend = !this.#resent && isConnectionReused(this.#dispatcher);
    this.#handler.onRequestStart?.(controller, context);
  }

  /** The first byte of the response came. */
  onResponseStarted(): void {
    this.#mayResend = false;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: HttpHeaders): void {
    this.#handler.onResponseStart?.(controller, status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer): void {
    this.#handler.onResponseData?.(controller, bytes);
  }

  onResponseEnd(controller: Dispatcher.DispatchController, trailers: HttpHeaders): void {
    this.#handler.onResponseEnd?.(controller, trailers);
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.#mayResend || this.#controller?.aborted === true || !isConnectionLost(error)) {
      this.#handler.onResponseError?.(controller, error);
      return;
    }
    this.#mayResend = false;
    this.#resent = true;
    this.#handler.onReconnect();
    this.send();
  }
}

interface Target {
  readonly path: string;
  readonly origin: string;
}

/** Each getter of a URL puts a string together, and requests share a few URLs. */
const targets = new WeakMap<URL, Target>();

function targetOf(url: URL): Target {
  const known = targets.get(url);
  if (known !== undefined) return known;
  const { origin, pathname, search } = url;
  const target = { path: `${pathname}${search}`, origin };
  targets.set(url, target);
  return target;
}

function isConnectionLost(error: Error): boolean {
  if ('code' in error && error.code === 'UND_ERR_SOCKET') return true;
  return 'syscall' in error && (error.syscall === 'read' || error.syscall === 'write');
}
