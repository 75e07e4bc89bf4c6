/** Names OpenAI's chat completions in the raw values of the contract. */
export const OPENAI_CHAT = 'openai-chat';
