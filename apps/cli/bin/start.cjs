'use strict';

const { enableCompileCache } = require('node:module');

// Compiled code is cached in the user's own cache directory: Node's default is a shared temporary directory, which
// other users can write to. `sudo` must not create files of root there. A directory that is not writable is ignored.
const { HOME, LOCALAPPDATA, NODE_COMPILE_CACHE, SUDO_UID, XDG_CACHE_HOME } = process.env;
const caches = XDG_CACHE_HOME || (HOME ? `${HOME}/.cache` : LOCALAPPDATA);
if (caches && NODE_COMPILE_CACHE === undefined && SUDO_UID === undefined) {
  // Deno has no such function.
  enableCompileCache?.(`${caches}/openclaw/compile-cache`);
}

void import('../dist/main.js');
