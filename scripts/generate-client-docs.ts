// Writes docs/clients.md from the table of clients. With --check it writes nothing and fails if the page is outdated.
// node --conditions=@openclaw/source scripts/generate-client-docs.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { renderFile } from '../apps/gateway/src/connect/client-setup.ts';
import type { Client } from '../apps/gateway/src/connect/client-setup.ts';
import { CLIENTS } from '../apps/gateway/src/connect/clients.ts';

const CONNECTION = { url: 'http://127.0.0.1:18789', key: 'unused', model: 'openclaw', contextWindow: 131_072 };

const introduction = `<!-- Generated from apps/gateway/src/connect/clients.ts by scripts/generate-client-docs.ts. Change the table, not this page. -->

# Connect a client

Start the gateway with \`openclaw gateway run\`. Then let the command print the settings of your program, with the address, the default model and its context window:

\`\`\`sh
openclaw connect claude-code
openclaw connect claude-code --write
\`\`\`

\`--write\` shows the difference, asks, and writes the settings file of the program. JSON files are merged; files in other formats, and JSON with comments, are only
written if they do not exist. \`openclaw connect\` lists the programs, \`--model\` selects another model, \`--url\` another gateway. The page of the gateway
(<http://127.0.0.1:18789/>) shows the same.

Below, \`openclaw\` is the configured default model with its fallbacks, and 131072 the context window of the model: a program with too large a value compacts its conversation too late. Any key
works unless the gateway has a token (\`gateway.auth.token\`), which is then the key.`;

const page = new URL('../docs/clients.md', import.meta.url);
const text = `${[introduction, ...CLIENTS.map(renderClient)].join('\n\n')}\n`;

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error(
    'docs/clients.md does not match the table; run: node --conditions=@openclaw/source scripts/generate-client-docs.ts',
  );
  process.exitCode = 1;
}

function renderClient({ name, api, setUp }: Client): string {
  const { file, shell, code, notes = [] } = setUp(CONNECTION);
  return [
    `## ${name}`,
    `Speaks ${api}.`,
    ...(file === undefined ? [] : [`\`${file.path}\`:`, fence(file.format, renderFile(file))]),
    ...(code === undefined ? [] : [fence(code.language, code.text)]),
    ...(shell === undefined ? [] : [fence('sh', shell)]),
    ...(notes.length === 0 ? [] : [notes.join(' ')]),
  ].join('\n\n');
}

function fence(language: string, content: string): string {
  return `\`\`\`${language}\n${content.trimEnd()}\n\`\`\``;
}
