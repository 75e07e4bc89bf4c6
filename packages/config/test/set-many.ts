// A writer for the tests: sets one key after another until it has set them all or is killed.
// node set-many.ts <name of this writer> <number of sets>
import { setConfigValue } from '../src/edit-config.ts';

const [name = 'writer', count = '1'] = process.argv.slice(2);
for (let turn = 1; turn <= Number(count); turn += 1) {
  await setConfigValue(`agents.defaults.models["${name}/model"].params.turn`, { value: turn });
  process.send?.(turn);
}
