import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Compares the output of the demo (standard input) with the output in the README. Ports differ from run to run and are
 * compared as `PORT`. `--write` updates the README. The output with a real Ollama is not compared.
 */
const START = '<!-- demo output: kept by scripts/check-readme-demo.ts -->\n```text\n';
const END = '```\n<!-- end of demo output -->';

const printed = withoutPorts(readFileSync(0, 'utf8')).replace(
  /^[\s\S]*?(?=Cannot reach Ollama|Using Ollama|Ollama at)/,
  '',
);
const readme = readFileSync('README.md', 'utf8');
const from = readme.indexOf(START) + START.length;
const to = readme.indexOf(END);

if (!printed.includes('SIMULATED')) {
  console.log('The demo ran with a real Ollama; the README shows the simulator.');
} else if (process.argv.includes('--write')) {
  writeFileSync('README.md', `${readme.slice(0, from)}${printed.trim()}\n${readme.slice(to)}`);
} else if (readme.slice(from, to).trim() === printed.trim()) {
  console.log('The README matches the output of the demo.');
} else {
  console.error('The README differs from the output of the demo. To update it:');
  console.error('  npx -y pnpm@10.34.9 demo | node scripts/check-readme-demo.ts --write');
  process.exitCode = 1;
}

function withoutPorts(text: string): string {
  return text.replaceAll(/(127\.0\.0\.1:|--port )(?!11434\b)\d+/g, '$1PORT');
}
