import { ClusterStoreError } from './cluster-store-error.ts';
import { BEAT, LEAVE } from './scripts.ts';
import type { Script } from './scripts.ts';
import type { ScriptCall, StoreConnection } from './store-connection.ts';
import type { StoreKeys } from './store-keys.ts';

/** How a gateway and the store stand to each other. */
export interface LinkStatus {
  /** `joined`: the store answers. `alone`: this gateway goes on without it, with its share of each limit. */
  readonly state: 'joined' | 'alone';
  /** Why it is alone. */
  readonly reason?: string;
  /** Ids of the gateways, this one included; the last known ones while it is alone. */
  readonly members: readonly string[];
  /** How often the state has changed. */
  readonly changes: number;
}

/** A gateway's membership, which the parts of the store work with. */
export interface ClusterLink {
  status(): LinkStatus;
  isJoined(): boolean;
  /**
   * Uses the store. After a failure the gateway is alone until the store answers a beat.
   * @throws {ClusterStoreError} within the time limit; at once while the gateway is alone
   */
  use<Value>(operation: (connection: StoreConnection) => Promise<Value>): Promise<Value>;
  /** Uses the store to run a script. */
  run(script: Script, call: ScriptCall): Promise<unknown>;
  /** The part of a limit that this gateway may use by itself, at least 1. */
  shareOf(cap: number): number;
  /** Beats now, and from then on until it is closed. Resolves after this beat. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

export interface ClusterLinkOptions extends LinkTimes {
  readonly connection: StoreConnection;
  readonly keys: StoreKeys;
  readonly gatewayId: string;
  /** The state has changed; or, with `lost`, the store has lost what it knew. */
  readonly onChange: (change: { readonly lost: boolean }) => void;
  /** The store has answered a beat. */
  readonly onBeat: () => void;
}

/** In milliseconds. */
export interface LinkTimes {
  /** How long the permits of a gateway count that does not report any more. */
  readonly leaseMs: number;
  readonly beatMs: number;
}

/** Arguments of the scripts that enter an epoch. A gap of less than half a lease cannot have ended a renewed one. */
export function epochArgs({ leaseMs, beatMs }: LinkTimes): readonly [gapMs: number, settleMs: number] {
  return [Math.round(leaseMs / 2), beatMs * BEATS_OF_LEASE];
}

/** A member that has missed so many beats is gone. */
const BEATS_OF_LEASE = 5;

/** Keeps a gateway a member of its cluster, and notices when the store fails and comes back. */
export function createClusterLink({
  connection,
  keys,
  gatewayId,
  onChange,
  onBeat,
  ...times
}: ClusterLinkOptions): ClusterLink {
  let status: LinkStatus = { state: 'alone', reason: 'not connected yet', members: [gatewayId], changes: 0 };
  let epoch: number | undefined;
  let beating: Promise<void> | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  /** One at a time. */
  function beat(): Promise<void> {
    if (!closed) beating ??= sendBeat();
    return beating ?? Promise.resolve();
  }

  async function sendBeat(): Promise<void> {
    clearTimeout(timer);
    try {
      const args = [gatewayId, times.beatMs * BEATS_OF_LEASE, ...epochArgs(times)];
      handleBeat(await connection.run(BEAT, { keys: [keys.members, keys.epoch], args }));
    } catch (error) {
      goAlone(error);
    } finally {
      beating = undefined;
      if (!closed) timer = setTimeout(() => void beat(), times.beatMs).unref();
    }
  }

  function handleBeat(reply: unknown): void {
    if (!Array.isArray(reply)) throw unexpected(reply);
    const [nextEpoch, settling, ...ids] = reply.map(String);
    const known = Number(nextEpoch);
    const listed = ids.toSorted();
    // A store that has just started over does not know all members yet.
    const members = settling === '1' && listed.length < status.members.length ? status.members : listed;
    const lost = epoch !== undefined && epoch !== known;
    epoch = known;
    const rejoined = status.state === 'alone';
    status = { state: 'joined', members, changes: status.changes + (rejoined ? 1 : 0) };
    if (rejoined || lost) onChange({ lost });
    onBeat();
  }

  function goAlone(error: unknown): void {
    if (!(error instanceof ClusterStoreError)) throw error;
    if (closed) return;
    const { members, state, changes } = status;
    status = { state: 'alone', reason: error.message, members, changes: changes + (state === 'joined' ? 1 : 0) };
    if (state === 'joined') onChange({ lost: false });
  }

  async function use<Value>(operation: (store: StoreConnection) => Promise<Value>): Promise<Value> {
    if (status.state === 'alone') throw new ClusterStoreError('unreachable', 'The store does not answer.');
    try {
      return await operation(connection);
    } catch (error) {
      goAlone(error);
      throw error;
    }
  }

  return {
    status: () => status,
    isJoined: () => status.state === 'joined',
    use,
    run: (script, call) => use((store) => store.run(script, call)),
    shareOf: (cap) => Math.max(1, Math.ceil(cap / status.members.length)),
    beat,
    async close() {
      closed = true;
      clearTimeout(timer);
      await beating;
      if (status.state === 'joined') {
        await connection.run(LEAVE, { keys: [keys.members], args: [gatewayId] }).catch(ignoreFailure);
      }
    },
  };
}

/** A member that did not say that it leaves is dropped after its lease. */
function ignoreFailure(error: unknown): void {
  if (!(error instanceof ClusterStoreError)) throw error;
}

function unexpected(reply: unknown): ClusterStoreError {
  return new ClusterStoreError('refused', `The store gave an unexpected reply of type ${typeof reply}.`);
}
