/** Whether an id repeats its provider: `ollama/glm-4.7-flash` in the list of `ollama`. */
export function repeatsProvider(provider: string, id: string): boolean {
  return id.toLowerCase().startsWith(`${provider}/`) && id.length > provider.length + 1;
}
