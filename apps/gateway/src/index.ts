export type { GatewayLogger } from './gateway-context.ts';
export { GatewayError } from './gateway-error.ts';
export type { GatewayErrorCode, GatewayErrorDetails } from './gateway-error.ts';
export type { GatewayBind, GatewayOverrides } from './gateway-settings.ts';
export { createGatewayLogger } from './observe/create-gateway-logger.ts';
export type { ClosableGatewayLogger, GatewayLoggerOptions } from './observe/create-gateway-logger.ts';
export { drainOnSignal } from './drain-on-signal.ts';
export { startGateway } from './start-gateway.ts';
export type { Gateway, StartGatewayOptions } from './start-gateway.ts';
