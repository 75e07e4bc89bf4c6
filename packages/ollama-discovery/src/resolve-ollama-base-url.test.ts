import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import { resolveOllamaBaseUrl } from './resolve-ollama-base-url.ts';

test.each([
  ['', 'http://127.0.0.1:11434'],
  ['  ', 'http://127.0.0.1:11434'],
  ['localhost', 'http://localhost:11434'],
  ['192.168.1.5', 'http://192.168.1.5:11434'],
  ['192.168.1.5:8080', 'http://192.168.1.5:8080'],
  [':1234', 'http://127.0.0.1:1234'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:5000', 'http://127.0.0.1:5000'],
  ['http://0.0.0.0', 'http://127.0.0.1'],
  ['::', 'http://[::1]:11434'],
  ['[::]:5000', 'http://[::1]:5000'],
  ['::1', 'http://[::1]:11434'],
  ['[::1]', 'http://[::1]:11434'],
  ['fd00::1', 'http://[fd00::1]:11434'],
  ['[fd00::1]:80', 'http://[fd00::1]'],
  ['http://example.com', 'http://example.com'],
  ['https://example.com', 'https://example.com'],
  ['https://example.com:8443', 'https://example.com:8443'],
  ['HTTPS://Example.com', 'https://example.com'],
  ['http://example.com:80', 'http://example.com'],
  ['https://example.com/ollama/', 'https://example.com/ollama'],
  ['example.com/ollama', 'http://example.com:11434/ollama'],
  ['"192.168.1.5:8080"', 'http://192.168.1.5:8080'],
  [" 'localhost' ", 'http://localhost:11434'],
  ['localhost:99999', 'http://localhost:11434'],
  ['localhost:port', 'http://localhost:11434'],
  ['https://example.com:-1', 'https://example.com'],
  ['ollama.com', 'https://ollama.com'],
])('reads OLLAMA_HOST %j as the server at %s', (ollamaHost, nativeUrl) => {
  expect(resolveOllamaBaseUrl({ ollamaHost })).toEqual({ nativeUrl, openAiUrl: `${nativeUrl}/v1` });
});

test.each([
  'http://ollama-host:11434',
  'http://ollama-host:11434/',
  'http://ollama-host:11434/v1',
  'http://ollama-host:11434/v1/',
  'http://ollama-host:11434/v1//',
  'http://ollama-host:11434//v1',
  'http://ollama-host:11434/api',
  'http://ollama-host:11434/v1?x=1#y',
  'ollama-host:11434/v1',
])('finds both APIs whichever of them the base URL %s names', (baseUrl) => {
  expect(resolveOllamaBaseUrl({ baseUrl })).toEqual({
    nativeUrl: 'http://ollama-host:11434',
    openAiUrl: 'http://ollama-host:11434/v1',
  });
});

test('keeps the path under which a proxy serves Ollama', () => {
  expect(resolveOllamaBaseUrl({ baseUrl: 'https://example.com/models/ollama/v1' }).nativeUrl).toBe(
    'https://example.com/models/ollama',
  );
});

test('prefers the configured URL to OLLAMA_HOST', () => {
  expect(resolveOllamaBaseUrl({ baseUrl: 'http://a:1', ollamaHost: 'http://b:2' }).nativeUrl).toBe('http://a:1');
});

test.each([
  ['ftp://host', /ftp:\/\//],
  ['http://host:99999', /"99999" is not a port/],
  ['http://ho st', /not a URL/],
])('says what is wrong with the base URL %s', (baseUrl, message) => {
  expect(() => resolveOllamaBaseUrl({ baseUrl })).toThrow(
    expect.objectContaining({ code: 'invalid-url', message: expect.stringMatching(message) }),
  );
});

test('refuses a password in the URL without repeating it', () => {
  const resolve = (): unknown => resolveOllamaBaseUrl({ baseUrl: 'http://me:hunter2@host' });
  expect(resolve).toThrow(/headers/);
  expect(resolve).not.toThrow(/hunter2/);
});

/** Texts in the shape of addresses, right and wrong, and texts of no shape. */
const address = fc.oneof(
  fc.string(),
  fc
    .tuple(
      fc.constantFrom('', 'http://', 'https://', 'HTTP://', '://', 'ftp://'),
      fc.oneof(
        fc.constantFrom('', 'localhost', '0.0.0.0', '::', '[::1]', '0', 'a b', '[', 'ü.example'),
        fc.domain(),
        fc.ipV4(),
        fc.ipV6(),
      ),
      fc.constantFrom('', ':', ':0', ':80', ':11434', ':65536', ':x', ':1:2'),
      fc.constantFrom('', '/', '/v1', '/v1/', '/api', '//v1//', '/a/v1', '/v1/v1', '?x', '#x', '/v1?x#y'),
    )
    .map((parts) => parts.join('')),
);

test.each(['baseUrl', 'ollamaHost'] as const)('makes two usable URLs of any %s, or says that it cannot', (option) => {
  fc.assert(
    fc.property(address, (text) => {
      const read = (value: string): string => resolveOllamaBaseUrl({ [option]: value }).nativeUrl;
      let nativeUrl: string;
      try {
        nativeUrl = read(text);
      } catch (error) {
        expect(error).toBeInstanceOf(OllamaDiscoveryError);
        return;
      }
      const { hostname, pathname } = new URL(`${nativeUrl}/api/tags`);
      expect(nativeUrl).not.toMatch(/\/$/);
      expect(pathname).toMatch(/\/api\/tags$/);
      expect(['', '0.0.0.0', '[::]']).not.toContain(hostname);
    }),
    { numRuns: 500 },
  );
});

test('reads its own answer back as the same', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (baseUrl) => {
      const { nativeUrl, openAiUrl } = resolveOllamaBaseUrl({ baseUrl });
      expect(resolveOllamaBaseUrl({ baseUrl: openAiUrl }).nativeUrl).toBe(nativeUrl);
    }),
  );
});
