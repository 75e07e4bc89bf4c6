#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`OpenClaw needs Node 22.19 or later; this is ${process.versions.node}.\n`);
  process.exit(1);
}

// Compiled code is kept between runs, in the user's own cache folder: the shared temporary folder that Node would take is
// open to other users. `sudo` must not leave root's files there. A folder that cannot be written costs nothing.
const { HOME, LOCALAPPDATA, NODE_COMPILE_CACHE, SUDO_UID, XDG_CACHE_HOME } = process.env;
const caches = XDG_CACHE_HOME || (HOME ? `${HOME}/.cache` : LOCALAPPDATA);
if (caches && NODE_COMPILE_CACHE === undefined && SUDO_UID === undefined) {
  // Deno has no such function.
  module.enableCompileCache?.(`${caches}/openclaw/compile-cache`);
}

await import('../dist/main.js');
