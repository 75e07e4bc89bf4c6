/** The names in the store. The braces put all of them into one slot of a Redis cluster. */
export interface StoreKeys {
  readonly members: string;
  readonly epoch: string;
  readonly circuits: string;
  permits(endpointHash: string): string;
  affinity(hash: string): string;
  counter(hash: string): string;
  /** Tells that a permit of an endpoint was released while others wait. */
  readonly releasedChannel: string;
  /** Tells that a circuit has changed. */
  readonly circuitsChannel: string;
}

export function createStoreKeys(prefix: string): StoreKeys {
  const name = (...parts: string[]): string => [`{${prefix}}`, ...parts].join(':');
  return {
    members: name('members'),
    epoch: name('epoch'),
    circuits: name('circuits'),
    permits: (endpointHash) => name('permits', endpointHash),
    affinity: (hash) => name('affinity', hash),
    counter: (hash) => name('counter', hash),
    releasedChannel: name('released'),
    circuitsChannel: name('circuit-changes'),
  };
}
