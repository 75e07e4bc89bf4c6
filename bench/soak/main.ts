/**
 * Runs the gateway under load and injected faults and checks its invariants. Exit code 1: one does not hold.
 * Run: `node --conditions=@openclaw/source bench/soak/main.ts --seconds 60 --seed 7 [--faults kill,stop] [--built]`
 */
import { parseArgs } from 'node:util';
import { parseFaultKinds } from './plan-faults.ts';
import { renderReport } from './render-report.ts';
import { runSoak } from './run-soak.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '7' },
    faults: { type: 'string', default: '' },
    lanes: { type: 'string', default: '12' },
    built: { type: 'boolean', default: false },
  },
});
// Without a handler these end the process at once, and its children stay.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
const options = {
  seconds: parseCount('seconds', values.seconds),
  seed: parseCount('seed', values.seed),
  lanes: parseCount('lanes', values.lanes),
  kinds: parseFaultKinds(values.faults),
  built: values.built,
};
console.log(`Soak of ${options.seconds} s, seed ${options.seed}, faults: ${options.kinds.join(', ')}\n`);
const report = await runSoak(options);
console.log(renderReport(report));
process.exit(report.violations.length === 0 ? 0 : 1);

function parseCount(name: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  console.error(`--${name} must be a whole number above 0, and is ${JSON.stringify(text)}.`);
  process.exit(2);
}
