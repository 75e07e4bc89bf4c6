/** Whether a provider is an Ollama server, whose key is optional. */
export function needsNoKey(providerId: string): boolean {
  return /^ollama(?:-|$)/i.test(providerId);
}

/** Whether a key is the name of a variable: `OLLAMA_API_KEY`. `EMPTY` and other placeholders are not. */
export function isKeyVariable(key: string): boolean {
  return /^[A-Z][A-Z0-9_]*_(?:KEY|TOKEN|SECRET|PASSWORD)$/.test(key);
}
