import { expect, test } from 'vitest';
import { redactSecrets } from './redact-secrets.ts';
import { findSecrets } from './secrets.ts';

const base = new URL('https://host/v1');

test.each<[string, Record<string, string>, string, string]>([
  ['a bearer token', { authorization: 'Bearer sk-very-secret' }, base.href, 'sk-very-secret'],
  ['a token of another scheme', { authorization: 'token sk-very-secret' }, base.href, 'sk-very-secret'],
  ['a scheme in small letters', { authorization: 'bearer sk-very-secret' }, base.href, 'sk-very-secret'],
  ['a bare key', { 'x-api-key': 'sk-very-secret' }, base.href, 'sk-very-secret'],
  ['a header with auth in its name', { 'x-goog-auth': 'sk-very-secret' }, base.href, 'sk-very-secret'],
  ['a cookie', { cookie: 'theme=dark; session=very-secret' }, base.href, 'very-secret'],
  ['what basic credentials encode', { authorization: `Basic ${btoa('ann:pass word')}` }, base.href, 'pass word'],
  [
    'what basic credentials encode, beyond ASCII',
    { authorization: `Basic ${Buffer.from('ann:pässwörd€').toString('base64')}` },
    base.href,
    'pässwörd€',
  ],
  ['basic credentials that are not base64', { authorization: 'Basic not base64!' }, base.href, 'not base64!'],
  [
    'basic credentials as they are sent',
    { authorization: `Basic ${btoa('ann:pass word')}` },
    base.href,
    btoa('ann:pass word'),
  ],
  [
    'a key in the query of the base URL',
    {},
    'https://host/v1?api-version=2024-10-21&api_key=very-secret',
    'very-secret',
  ],
  ['a signature in the query', {}, 'https://host/v1?sig=very%2Fsecret', 'very/secret'],
  ['the same, still encoded', {}, 'https://host/v1?sig=very%2Fsecret', 'very%2Fsecret'],
])('%s is one', (_title, headers, url, secret) => {
  const secrets = findSecrets(headers, { baseUrl: new URL(url) });

  expect(redactSecrets(`You sent "${secret}".`, secrets)).toBe('You sent "***".');
});

test('ordinary headers, parameters and words are none', () => {
  const headers = { 'content-type': 'application/json', 'x-team': 'research-team', authorization: 'Bearer ollama' };
  const secrets = findSecrets(headers, { baseUrl: new URL('https://host/v1?api-version=2024-10-21') });
  const text = 'Bearer of application/json for research-team: ollama answers 2024-10-21.';

  expect(redactSecrets(text, secrets)).toBe(text);
});

test('a secret that contains another one is replaced as a whole', () => {
  const secrets = findSecrets({ 'x-api-key': 'very-secret', cookie: 'id=very-secret-and-more' }, { baseUrl: base });

  expect(redactSecrets('id very-secret-and-more', secrets)).toBe('id ***');
});
