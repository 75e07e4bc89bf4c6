import { AGENT_CLIENTS } from './agent-clients.ts';
import type { Client } from './client-setup.ts';
import { OLLAMA_CLIENTS } from './ollama-clients.ts';
import { SCRIPT_CLIENTS } from './script-clients.ts';

/** The client programs whose set-up is known. `openclaw connect`, the page and docs/clients.md read this table. */
export const CLIENTS: readonly Client[] = [...AGENT_CLIENTS, ...OLLAMA_CLIENTS, ...SCRIPT_CLIENTS];
