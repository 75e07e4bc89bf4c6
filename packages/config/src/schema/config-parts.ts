import type { OpenClawConfig } from './openclaw-config.ts';

/** One entry of `models.providers`. */
export type ProviderConfig = OpenClawConfig['models']['providers'][string];

/** One entry of `models.providers.<id>.endpoints`. */
export type EndpointConfig = NonNullable<ProviderConfig['endpoints']>[number];

/** One entry of `models.providers.<id>.models`. */
export type ModelConfig = NonNullable<ProviderConfig['models']>[number];

/** One entry of `agents.defaults.models`. */
export type ModelSettings = OpenClawConfig['agents']['defaults']['models'][string];

/** `agents.defaults.model`: a reference, or a reference with fallbacks. */
export type ModelChoice = NonNullable<OpenClawConfig['agents']['defaults']['model']>;
