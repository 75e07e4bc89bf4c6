export { createTapeModel } from './create-tape-model.ts';
export type { TapeModelOptions } from './create-tape-model.ts';
export { createModelSettings, selectScript } from './model-settings.ts';
export type { ModelSettings, TapeBehavior } from './model-settings.ts';
export { renderModelfile } from './render-modelfile.ts';
export { TapeModelError } from './tape-model-error.ts';
export type { TapeScript } from './tape-script.ts';
export { coderToolCall, toolCall } from './tool-call-text.ts';
