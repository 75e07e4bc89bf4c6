/** Makes the ids of one response. They are new in each: clients join turns by them, and drop what they have seen. */
export interface ItemIds {
  item(prefix: string): string;
  call(): string;
}

/** @param unique no other response has it */
export function createItemIds(unique: string): ItemIds {
  let count = 0;
  const next = (prefix: string): string => `${prefix}_${unique}${String(count++).padStart(2, '0')}`;
  return { item: next, call: () => next('call') };
}
