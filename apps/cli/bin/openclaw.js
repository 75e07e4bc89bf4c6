#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`OpenClaw needs Node 22.19 or later; this is ${process.versions.node}.\n`);
  process.exit(1);
}

// Compiled code is cached in the user's own cache directory: Node's default is a shared temporary directory, which
// other users can write to. `sudo` must not create files of root there. A directory that is not writable is ignored.
const { HOME, LOCALAPPDATA, NODE_COMPILE_CACHE, SUDO_UID, XDG_CACHE_HOME } = process.env;
const caches = XDG_CACHE_HOME || (HOME ? `${HOME}/.cache` : LOCALAPPDATA);
if (caches && NODE_COMPILE_CACHE === undefined && SUDO_UID === undefined) {
  // Deno has no such function.
  module.enableCompileCache?.(`${caches}/openclaw/compile-cache`);
}

await import('../dist/main.js');
