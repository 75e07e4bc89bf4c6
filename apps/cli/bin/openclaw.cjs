#!/usr/bin/env node
'use strict';

// Written in ES5 and CommonJS, so that every release of Node can read it and say which one is needed.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
  process.stderr.write(
    'OpenClaw needs Node 22.19 or later. This is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\nInstall a current release from https://nodejs.org, then run the command again.\n',
  );
  process.exitCode = 1;
} else {
  require('./start.cjs');
}
