import { GatewayError } from '../gateway-error.ts';

/** Bounds the bytes of request bodies that all requests hold together. */
export interface BodyMemory {
  /** Bytes that are held now. */
  readonly usedBytes: number;
  lease(): BodyLease;
}

/** What one request holds of it. */
export interface BodyLease {
  /**
   * Throws when so many more bytes would not fit, and takes none of them.
   * @throws {GatewayError} `too-many-requests`
   */
  check(bytes: number): void;
  /**
   * Counts bytes that have arrived.
   * @throws {GatewayError} `too-many-requests`
   */
  take(bytes: number): void;
  /** Gives back everything. What is taken afterwards counts for nothing. */
  release(): void;
}

export interface BodyMemoryLimits {
  readonly maxBodyBytes: number;
  readonly maxBufferedBytes: number;
}

/** Up to this size a body may use all of the memory. Larger ones leave a quarter of it to ordinary requests. */
const SMALL_BODY_BYTES = 1024 * 1024;
const SHARE_OF_LARGE_BODIES = 0.75;

const RETRY_AFTER_MS = 1_000;

/**
 * Bytes are counted as they arrive and not as they are announced: a client that announces much and sends nothing takes
 * nothing from the others. A request that does not fit is refused at once. If it waited with half a body in memory, two such
 * requests could wait for each other.
 */
export function createBodyMemory(limits: () => BodyMemoryLimits): BodyMemory {
  let usedBytes = 0;

  function lease(): BodyLease {
    let heldBytes = 0;
    let released = false;
    const check = (bytes: number) => {
      const { maxBodyBytes, maxBufferedBytes } = limits();
      const share = heldBytes + bytes > SMALL_BODY_BYTES ? SHARE_OF_LARGE_BODIES : 1;
      // The largest body that is allowed fits whenever there is no other.
      if (usedBytes + bytes <= Math.max(maxBodyBytes, maxBufferedBytes * share)) return;
      throw new GatewayError(
        'too-many-requests',
        'The gateway holds as many request bodies as fit into its memory. Try again later, or raise gateway.limits.maxBufferedBytes.',
        { retryAfterMs: RETRY_AFTER_MS },
      );
    };
    return {
      check,
      take(bytes) {
        if (released) return;
        check(bytes);
        heldBytes += bytes;
        usedBytes += bytes;
      },
      release() {
        released = true;
        usedBytes -= heldBytes;
        heldBytes = 0;
      },
    };
  }

  return {
    get usedBytes() {
      return usedBytes;
    },
    lease,
  };
}
