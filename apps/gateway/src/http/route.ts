import type { IncomingMessage } from 'node:http';
import type { RouteHandler } from '../gateway-context.ts';
import type { ErrorEncoder } from './error-encoder.ts';

/** One endpoint. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A `*` at the end matches the rest, slashes included. */
  readonly path: string;
  readonly handler: RouteHandler;
  /**
   * The client API that it belongs to: errors have its shape. A function where clients of several APIs use one path.
   * @default plain JSON errors
   */
  readonly surface?: ErrorEncoder | ((request: IncomingMessage) => ErrorEncoder);
  /**
   * Who may use it, on a gateway that requires tokens. `owner`: who has the token of the gateway. `client`: who has any
   * token. `anyone`: needs no token.
   */
  readonly access: 'owner' | 'client' | 'anyone';
  /** Whether it asks models: such requests are listed and counted by model. */
  readonly asksModels?: boolean;
}
