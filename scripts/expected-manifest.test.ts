import { expect, test } from 'vitest';
import { expectedManifest, missingFields } from './expected-manifest.ts';

const root = {
  author: 'Ann and others',
  license: 'MIT',
  repository: { type: 'git', url: 'git+https://git.example/ann/tools.git' },
};
const manifest = {
  name: '@openclaw/new',
  version: '1.0.0',
  exports: { '.': { '@openclaw/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } },
};

test('a new package gets its addresses, its files and its publishing from the root and its folder', () => {
  const expected = expectedManifest({ folder: 'packages/new', manifest }, root);

  expect(expected).toMatchObject({
    homepage: 'https://git.example/ann/tools/tree/main/packages/new#readme',
    bugs: 'https://git.example/ann/tools/issues',
    repository: { type: 'git', url: 'git+https://git.example/ann/tools.git', directory: 'packages/new' },
    files: ['dist', 'README.md', 'CHANGELOG.md', 'LICENSE'],
    publishConfig: {
      access: 'public',
      provenance: true,
      exports: {
        '.': { types: './dist/index.d.ts', default: './dist/index.js' },
        './package.json': './package.json',
      },
    },
  });
  expect(expectedManifest({ folder: 'packages/new', manifest: expected }, root)).toEqual(expected);
});

test('only a person can write keywords', () => {
  expect(missingFields(manifest)).toHaveLength(1);
  expect(missingFields({ ...manifest, keywords: ['ollama', 'llm', 'testing'] })).toEqual([]);
});

test('an entry for the apps of this repository is not published', () => {
  const exports = { ...manifest.exports, './internal': './src/internal.ts' };
  const expected = expectedManifest({ folder: 'packages/new', manifest: { ...manifest, exports } }, root);

  expect(Object.keys(expected.exports ?? {})).toContain('./internal');
  expect(Object.keys(expected.publishConfig?.exports ?? {})).toEqual(['.', './package.json']);
});
