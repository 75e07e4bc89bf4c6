#!/usr/bin/env node
import { homedir } from 'node:os';
import module from 'node:module';

// Compiled code is kept between runs, in the user's own cache folder: the shared temporary folder that Node would take is
// open to other users. `sudo` must not leave root's files there. A folder that cannot be written costs nothing.
if (process.env.NODE_COMPILE_CACHE === undefined && process.env.SUDO_UID === undefined) {
  module.enableCompileCache(`${process.env.XDG_CACHE_HOME || `${homedir()}/.cache`}/openclaw/compile-cache`);
}

await import('../dist/main.js');
