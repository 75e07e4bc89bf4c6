import type { CircuitRecord, CircuitStore } from '@openclaw/model-selection';
import { decodeCircuit, encodeCircuit } from './circuit-codec.ts';
import type { CircuitFields } from './circuit-codec.ts';
import type { ClusterLink } from './cluster-link.ts';
import { ClusterStoreError } from './cluster-store-error.ts';
import { hashKey } from './hash-key.ts';
import { CHANGE_CIRCUIT, READ_CIRCUITS } from './scripts.ts';
import type { StoreKeys } from './store-keys.ts';

/**
 * Circuits that all gateways of a cluster see. Reading and changing them is synchronous, on a local view that messages
 * of the store keep up to date; own changes are sent in the background.
 */
export interface SharedCircuits extends CircuitStore {
  /**
   * Waits until the store has seen a probe that `update` has just claimed.
   * @returns `false` if another gateway probes already; `true` if the store does not answer in time
   */
  confirmProbe(key: string): Promise<boolean>;
}

export interface SharedCircuitsOptions {
  readonly link: ClusterLink;
  readonly keys: StoreKeys;
  readonly gatewayId: string;
  /** The clock of the circuit breaker that uses the store, in milliseconds. */
  readonly now: () => number;
}

export interface SharedCircuitsControl extends SharedCircuits {
  /** Sends the changes that the store has not seen; or everything, as the store has lost it. */
  send(options: { readonly all: boolean }): void;
  /** Reads the circuits of the store, as messages may have been lost. */
  read(): Promise<void>;
  handleMessage(message: string): void;
}

/** A circuit that is not closed, or one whose closing the store has not seen. */
interface Entry {
  /** Absent for a closed one. */
  fields?: CircuitFields;
  /** Counts changes, so that an older reply of the store does not replace a newer change. */
  revision: number;
  /** Whether the store has the current change. */
  sent: boolean;
  /** Resolves to whether the store has accepted the last change. */
  sending?: Promise<boolean>;
}

/** At the bound the oldest circuit is dropped, which closes it for this gateway. */
const MAX_CIRCUITS = 1000;

export function createSharedCircuits({ link, keys, gatewayId, now }: SharedCircuitsOptions): SharedCircuitsControl {
  /** By hash. */
  const entries = new Map<string, Entry>();
  const hashes = new Map<string, string>();
  const names = new Map<string, string>();
  let revisions = 0;

  /** Hashes are cached, since every request needs some. */
  function hashOf(key: string): string {
    const known = hashes.get(key);
    if (known !== undefined) return known;
    const hash = hashKey(key);
    hashes.set(key, hash);
    names.set(hash, key);
    const [oldest] = hashes;
    if (hashes.size > 2 * MAX_CIRCUITS && oldest !== undefined) {
      hashes.delete(oldest[0]);
      names.delete(oldest[1]);
    }
    return hash;
  }

  function put(hash: string, entry: Entry): void {
    entries.delete(hash);
    entries.set(hash, entry);
    const [oldest] = entries.keys();
    if (entries.size > MAX_CIRCUITS && oldest !== undefined) entries.delete(oldest);
  }

  function sendChange(hash: string, { claims = false } = {}): void {
    const entry = entries.get(hash);
    if (entry === undefined || !link.isJoined()) return;
    entry.sending = sendEntry(hash, { entry, claims });
  }

  async function sendEntry(hash: string, { entry, claims }: { entry: Entry; claims: boolean }): Promise<boolean> {
    const change = encodeCircuit(entry.fields, { now: now() });
    const args = [hash, gatewayId, keys.circuitsChannel, claims ? 1 : 0, ...change];
    try {
      const reply = await link.run(CHANGE_CIRCUIT, { keys: [keys.circuits], args });
      if (!Array.isArray(reply) || Number(reply[0]) !== 0) {
        entry.sent = true;
        // A closed circuit needs no entry once the store has seen it.
        if (entry.fields === undefined && entries.get(hash) === entry) entries.delete(hash);
        return true;
      }
      if (entries.get(hash) === entry) adopt(hash, { value: String(reply[2]), serverNow: Number(reply[1]) });
      return false;
    } catch (error) {
      if (!(error instanceof ClusterStoreError)) throw error;
      return true;
    }
  }

  /** Takes over what the store says of a circuit. */
  function adopt(hash: string, { value, serverNow }: { value: string; serverNow: number }): void {
    const fields = decodeCircuit(value, { now: now(), serverNow });
    if (fields === undefined) entries.delete(hash);
    else put(hash, { fields, revision: ++revisions, sent: true });
  }

  return {
    entries: () =>
      [...entries].flatMap(([hash, { fields }]) => {
        const key = names.get(hash);
        return fields === undefined || key === undefined ? [] : [toRecord(key, fields)];
      }),
    update(key, change) {
      const hash = hashOf(key);
      const fields = entries.get(hash)?.fields;
      const record = fields && toRecord(key, fields);
      const next = change(record);
      if (next === record) return;
      put(hash, { ...(next && { fields: next }), revision: ++revisions, sent: false });
      sendChange(hash, { claims: next?.probeUntil !== undefined && next.probeUntil !== record?.probeUntil });
    },
    async confirmProbe(key) {
      return (await entries.get(hashOf(key))?.sending) ?? true;
    },
    send({ all }) {
      for (const [hash, { sent }] of entries) if (all || !sent) sendChange(hash);
    },
    async read() {
      const before = revisions;
      const reply = await link.run(READ_CIRCUITS, { keys: [keys.circuits], args: [] });
      const [serverNow, ...pairs] = Array.isArray(reply) ? reply.map(String) : [];
      const listed = new Set<string>();
      for (let index = 0; index + 1 < pairs.length; index += 2) {
        const [hash = '', value = ''] = pairs.slice(index, index + 2);
        listed.add(hash);
        const entry = entries.get(hash);
        if (entry === undefined || (entry.sent && entry.revision <= before))
          adopt(hash, { value, serverNow: Number(serverNow) });
      }
      for (const [hash, entry] of entries)
        if (entry.sent && entry.revision <= before && !listed.has(hash)) entries.delete(hash);
    },
    handleMessage(message) {
      const [hash = '', serverNow, ...value] = message.split(' ');
      if (value[0] !== gatewayId) adopt(hash, { value: value.join(' '), serverNow: Number(serverNow) });
    },
  };
}

/** A key is the address of an endpoint, followed by a model for the circuit of a model. */
function toRecord(key: string, fields: CircuitFields): CircuitRecord {
  const [endpoint = '', ...model] = key.split(' ');
  return { endpoint, ...(model.length > 0 && { model: model.join(' ') }), ...fields };
}
