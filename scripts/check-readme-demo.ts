import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Holds what the demonstration printed (standard input) against what the README says that it prints. Ports differ from run
 * to run and are compared as such. `--write` takes the output over. A run against a real Ollama is not compared.
 */
const START = '<!-- demo output: kept by scripts/check-readme-demo.ts -->\n```text\n';
const END = '```\n<!-- end of demo output -->';

const printed = withoutPorts(readFileSync(0, 'utf8')).replace(/^[\s\S]*?(?=No Ollama answers|Ollama answers)/, '');
const readme = readFileSync('README.md', 'utf8');
const from = readme.indexOf(START) + START.length;
const to = readme.indexOf(END);

if (!printed.includes('SIMULATED')) {
  console.log('The demonstration ran against a real Ollama; the README shows the simulator.');
} else if (process.argv.includes('--write')) {
  writeFileSync('README.md', `${readme.slice(0, from)}${printed.trim()}\n${readme.slice(to)}`);
} else if (readme.slice(from, to).trim() === printed.trim()) {
  console.log('The README shows what the demonstration prints.');
} else {
  console.error('The README shows another output than the demonstration prints. Take it over with:');
  console.error('  npx -y pnpm@10.34.9 demo | node scripts/check-readme-demo.ts --write');
  process.exitCode = 1;
}

function withoutPorts(text: string): string {
  return text.replaceAll(/(127\.0\.0\.1:|--port )(?!11434\b)\d+/g, '$1PORT');
}
