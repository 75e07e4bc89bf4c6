import type { IncomingMessage } from 'node:http';
import type { RouteHandler } from '../gateway-context.ts';
import type { ErrorEncoder } from './error-encoder.ts';

/** One endpoint. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A `*` at the end stands for the rest, slashes included. */
  readonly path: string;
  readonly handler: RouteHandler;
  /**
   * The client API that it belongs to: errors have its shape. A function where clients of several APIs use one path.
   * @default plain JSON errors
   */
  readonly surface?: ErrorEncoder | ((request: IncomingMessage) => ErrorEncoder);
  /** `owner`: needs the token when there is one. `anyone`: does not. */
  readonly access: 'owner' | 'anyone';
  /** Whether it asks models: such requests are listed and counted by model. */
  readonly asksModels?: boolean;
}
