/** A call as Hermes and Qwen models write it. Ollama finds it if the model was created with `tools: true`. */
export function toolCall(name: string, callArguments: object): string {
  return `<tool_call>\n${JSON.stringify({ name, arguments: callArguments })}\n</tool_call>`;
}

/** A call in the XML form of qwen3-coder. Ollama (0.12.0 or later) finds it if the model has `parser: 'qwen3-coder'`. */
export function coderToolCall(name: string, parameters: Readonly<Record<string, string>>): string {
  const lines = Object.entries(parameters).map(([key, value]) => `<parameter=${key}>\n${value}\n</parameter>\n`);
  return `<tool_call>\n<function=${name}>\n${lines.join('')}</function>\n</tool_call>`;
}
