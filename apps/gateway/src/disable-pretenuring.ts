import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from allocating objects in the old generation. It begins to do so for code whose objects survived often, such as that of the
 * first requests, which are slow, and never stops. An object of a finished request in the old generation keeps all else of that
 * request until the next full garbage collection: under load, most of what requests allocate then survived, in about half of
 * all processes.
 */
export function disablePretenuring(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
