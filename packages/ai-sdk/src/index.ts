export { createOpenClawProvider } from './create-openclaw-provider.ts';
export type { OpenClawProvider, OpenClawProviderOptions } from './create-openclaw-provider.ts';
export type { ModelSettings } from './language-model.ts';
export { repairMiddleware } from './repair-middleware.ts';
export type { RepairMiddlewareOptions } from './repair-middleware.ts';
