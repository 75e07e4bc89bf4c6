import type { Exchange } from '../../gateway-context.ts';
import { sendReply } from '../../http/send-reply.ts';

/**
 * The release of Ollama whose API the gateway has. Clients compare it with the oldest release that they work with: Codex
 * with 0.13.4 (`/v1/responses`), VS Code with 0.6.4.
 */
const OLLAMA_API_VERSION = '0.14.0';

/** `GET /api/version`. */
export function ollamaVersion(exchange: Exchange): void {
  sendReply(exchange, { body: JSON.stringify({ version: OLLAMA_API_VERSION }) });
}
