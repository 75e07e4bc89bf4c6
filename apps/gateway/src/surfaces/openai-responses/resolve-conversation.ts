import { isObject } from '@openclaw/openai-wire';
import type { JsonObject, JsonValue } from '@openclaw/provider';
import { GatewayError } from '../../gateway-error.ts';
import type { StoredItem } from './response-reply.ts';
import type { ResponseStore } from './response-store.ts';
import { readName } from './read-name.ts';

/**
 * Input and output of the response that a request continues, and of all before it.
 * @throws {GatewayError} `not-found`
 */
export function loadConversation(
  previousId: string,
  { store }: { readonly store: ResponseStore },
): readonly JsonObject[] {
  const turns: StoredItem[][] = [];
  for (let id: string | undefined = previousId; id !== undefined;) {
    const response = store.get(id);
    if (response === undefined) {
      throw new GatewayError(
        'not-found',
        `Previous response with id ${quote(id)} not found. Responses are kept in memory until the gateway restarts or newer ones take their place, and not at all with \`store: false\`. Send the whole conversation as \`input\`.`,
        { param: 'previous_response_id' },
      );
    }
    turns.push([...response.input, ...response.output]);
    id = response.previousId;
  }
  return turns.toReversed().flat().map(parseItem);
}

/**
 * Replaces each reference to an item by the item.
 * @throws {GatewayError} `not-found`
 */
export function resolveReferences(
  items: readonly JsonObject[],
  { store }: { readonly store: ResponseStore },
): readonly JsonObject[] {
  return items.map((item, index) => {
    if (item['type'] !== 'item_reference') return item;
    const id = readName(item['id'], `input[${index}].id`, 'the id of an item');
    const found = store.item(id);
    if (found !== undefined) return parseItem(found);
    throw new GatewayError(
      'not-found',
      `Item with id ${quote(id)} not found. Items are kept in memory until the gateway restarts or newer ones take their place, and not at all with \`store: false\`. Set \`store\` to false in the client, so that it sends items whole.`,
      { param: `input[${index}].id` },
    );
  });
}

function parseItem({ text }: StoredItem): JsonObject {
  const item: JsonValue = JSON.parse(text);
  return isObject(item) ? item : {};
}

function quote(id: string): string {
  return JSON.stringify(id.slice(0, 100));
}
