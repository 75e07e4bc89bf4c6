// Runs before a package is published, in its folder. Plain JavaScript, so that every release of Node can read it.
import { existsSync } from 'node:fs';

const agent = process.env['npm_config_user_agent'] ?? '';

if (!agent.startsWith('pnpm/')) {
  refuse('npm publishes `workspace:` ranges as they are, which cannot be installed.');
} else if (!existsSync('dist')) {
  refuse('There is no dist/, so the package would be empty.');
}

function refuse(reason) {
  console.error(`${reason} In the root of the repository run: pnpm build && pnpm changeset publish`);
  process.exitCode = 1;
}
