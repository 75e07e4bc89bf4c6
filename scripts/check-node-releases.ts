import { spawnSync } from 'node:child_process';
import { installTools } from './install-tools.ts';

/** The oldest supported release, the one that this repository is developed with, and the newest. */
const RELEASES = ['22.19.0', '24.21.0', '26.12.1'];

/**
 * Imports and requires modules that are installed in a folder, and starts its command, with several releases of Node.
 * The releases come from npm; where they cannot be installed, the Node of this process stands for all.
 * @returns the versions
 * @throws when a module exports nothing, or what `require` returns differs from what `import` does
 */
export function checkNodeReleases(folder: string, { modules }: { readonly modules: readonly string[] }): string[] {
  return findReleases().map((node) => {
    const program = renderProgram(modules);
    const loaded = spawnSync(node, ['--input-type=module', '--eval', program], { cwd: folder, encoding: 'utf8' });
    if (loaded.status !== 0) throw new Error(`${node}: ${loaded.stderr}`);
    const command = [`${folder}/node_modules/openclaw/bin/openclaw.cjs`, '--version'];
    const started = spawnSync(node, command, { cwd: folder, encoding: 'utf8' });
    if (started.status !== 0) throw new Error(`${node} does not start the command: ${started.stderr}`);
    return loaded.stdout.trim();
  });
}

function findReleases(): readonly string[] {
  const aliases = RELEASES.map((release) => `node-${release}@npm:node-${process.platform}-${process.arch}@${release}`);
  const tools = installTools('node', aliases);
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return tools === undefined
    ? [process.execPath]
    : RELEASES.map((release) => `${tools}/node_modules/node-${release}/bin/${file}`);
}

function renderProgram(modules: readonly string[]): string {
  return `
    import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    for (const name of ${JSON.stringify(modules)}) {
      const imported = Object.keys(await import(name));
      const required = Object.keys(require(name)).filter((key) => key !== '__esModule');
      if (imported.length === 0) throw new Error(name + ' exports nothing');
      if (imported.join() !== required.join()) throw new Error(name + ': require gives ' + required.join());
    }
    console.log(process.versions.node);`;
}
