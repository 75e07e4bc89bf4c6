import type { Client } from './client-setup.ts';

/** Programs that speak Ollama's API. */
export const OLLAMA_CLIENTS: readonly Client[] = [
  {
    id: 'open-webui',
    name: 'Open WebUI',
    api: 'Ollama',
    setUp: ({ url }) => ({
      shell: `OLLAMA_BASE_URL=${url} open-webui serve`,
      notes: [
        'If the gateway has a token, enter it under Admin Settings, Connections, Ollama API.',
        'A container cannot reach an address of loopback: set gateway.bind to "lan" with a token, and use http://host.docker.internal with the port.',
      ],
    }),
  },
  {
    id: 'zed',
    name: 'Zed',
    api: 'Ollama',
    setUp: ({ url, model, contextWindow }) => ({
      file: {
        path: '~/.config/zed/settings.json',
        format: 'json',
        value: {
          language_models: {
            ollama: {
              api_url: url,
              available_models: [
                { name: `${model}:latest`, display_name: 'OpenClaw', max_tokens: contextWindow, supports_tools: true },
              ],
            },
          },
        },
      },
    }),
  },
  {
    id: 'vscode',
    name: 'VS Code (Copilot Chat)',
    api: 'Ollama',
    setUp: ({ url }) => ({
      code: {
        language: 'json',
        text: JSON.stringify({ 'github.copilot.chat.byok.ollamaEndpoint': url }, null, 2),
      },
      notes: ['Add this to the user settings. Then choose Manage Models, Ollama in the list of models of the chat.'],
    }),
  },
  {
    id: 'ollama',
    name: 'The ollama command and libraries',
    api: 'Ollama',
    setUp: ({ url, model }) => ({
      shell: `OLLAMA_HOST=${url} ollama run ${model} "Hello"`,
      notes: ['Libraries take the address as host. Home Assistant asks for it when the Ollama integration is added.'],
    }),
  },
];
