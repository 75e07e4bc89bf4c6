import type { KeptRequest, StoredItem } from './response-reply.ts';

/** A response, and what is needed to continue from it. */
export interface StoredResponse extends KeptRequest {
  readonly id: string;
  /** The response as JSON. */
  readonly body: string;
  readonly output: readonly StoredItem[];
}

/**
 * The last responses, in memory. A restart forgets them. A use counts as new: of a conversation that goes on, nothing is
 * dropped before older conversations are.
 */
export interface ResponseStore {
  /** Drops the least recently used responses when there are too many. A response above the limit is not kept. */
  add(response: StoredResponse): void;
  get(id: string): StoredResponse | undefined;
  /** An item of the input or output of a response. */
  item(id: string): StoredItem | undefined;
  /** @returns whether there was such a response */
  delete(id: string): boolean;
}

export interface ResponseStoreOptions {
  /** @default 1000 */
  readonly maxResponses?: number | undefined;
  /** Approximate. @default 64 MiB */
  readonly maxBytes?: number | undefined;
}

/** What an item or a response takes besides its text. */
const OVERHEAD_BYTES = 256;
/** A string has two bytes for each character, unless all are Latin. */
const BYTES_PER_CHARACTER = 2;

export function createResponseStore({
  maxResponses = 1_000,
  maxBytes = 64 * 1024 * 1024,
}: ResponseStoreOptions = {}): ResponseStore {
  /** In the order of their last use. */
  const responses = new Map<string, StoredResponse>();
  const owners = new Map<string, { readonly item: StoredItem; readonly responseId: string }>();
  let bytes = 0;

  function use(id: string): StoredResponse | undefined {
    const response = responses.get(id);
    if (response === undefined) return undefined;
    responses.delete(id);
    responses.set(id, response);
    return response;
  }

  function remove(id: string): boolean {
    const response = responses.get(id);
    if (response === undefined) return false;
    responses.delete(id);
    bytes -= sizeOf(response);
    for (const item of itemsOf(response)) if (owners.get(item.id)?.responseId === id) owners.delete(item.id);
    return true;
  }

  return {
    add(response) {
      const size = sizeOf(response);
      if (size > maxBytes) return;
      responses.set(response.id, response);
      bytes += size;
      for (const item of itemsOf(response)) {
        // An item that comes again as input stays with the response that it came from.
        if (!owners.has(item.id)) owners.set(item.id, { item, responseId: response.id });
      }
      for (const oldest of responses.keys()) {
        if (responses.size <= maxResponses && bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    get: use,
    item(id) {
      const owner = owners.get(id);
      if (owner !== undefined) use(owner.responseId);
      return owner?.item;
    },
    delete: remove,
  };
}

function itemsOf({ input, output }: StoredResponse): readonly StoredItem[] {
  return [...input, ...output];
}

function sizeOf(response: StoredResponse): number {
  const items = itemsOf(response);
  const characters = items.reduce((sum, { id, text }) => sum + id.length + text.length, response.body.length);
  return characters * BYTES_PER_CHARACTER + (items.length + 1) * OVERHEAD_BYTES;
}
