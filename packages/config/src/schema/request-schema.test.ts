import { expect, test } from 'vitest';
import { parseConfig } from '../load-config.ts';
import { redactConfig } from '../redact-config.ts';

const entry = (request: object, others: object = {}) => ({
  models: { providers: { box: { baseUrl: 'https://h.example/v1', models: [{ id: 'm' }], ...others, request } } },
});
const parsed = (request: object, others: object = {}) => parseConfig(JSON.stringify(entry(request, others)));
const box = (request: object, others: object = {}) => parsed(request, others).config.models.providers['box'];

test('headers of `request` override those of the provider, in any case of their names', () => {
  const headers = { 'X-A': 'own', 'X-B': 'own' };
  expect(box({ headers: { 'x-a': 'new' } }, { headers })?.headers).toEqual({ 'x-a': 'new', 'x-b': 'own' });
});

test.each([
  [{ mode: 'provider-default' }, { authorization: 'own' }, undefined],
  [{ mode: 'authorization-bearer', token: 'T' }, { authorization: 'Bearer T' }, undefined],
  [{ mode: 'header', headerName: 'X-Key', value: 'V' }, { 'x-key': 'V' }, false],
  [{ mode: 'header', headerName: 'Authorization', value: 'V', prefix: 'Token ' }, { authorization: 'Token V' }, false],
])('%j decides how the key is sent', (auth, headers, authHeader) => {
  const used = box({ auth }, { headers: { Authorization: 'own' }, apiKey: 'k' });
  expect(used?.headers).toEqual(headers);
  expect(used?.authHeader).toBe(authHeader);
});

test('proxy and TLS stay in `request`, and what is not used is named', () => {
  const connection = {
    proxy: { mode: 'explicit-proxy', url: 'http://p:1' },
    tls: { ca: 'PEM', insecureSkipVerify: false },
  };
  expect(box(connection)?.request).toEqual(connection);
  expect(parsed({ allowPrivateNetwork: true }).warnings).toMatchObject([{ code: 'unused-key' }]);
});

test.each([
  [{ tls: { insecureSkipVerify: true } }, 'request.tls.insecureSkipVerify', 'give the certificate of the authority'],
  [{ auth: { mode: 'header', headerName: 'X' } }, 'request.auth', '`header` needs `headerName` and `value`'],
  [{ auth: { mode: 'authorization-bearer' } }, 'request.auth', 'needs `token`'],
  [{ proxy: { mode: 'direct' } }, 'request.proxy.mode', 'expected'],
])('%j disables the provider', (request, path, message) => {
  expect(parsed(request).disabledProviders).toMatchObject([
    { id: 'box', issues: [{ path: `models.providers.box.${path}`, message: expect.stringContaining(message) }] },
  ]);
});

test('its secrets are masked', () => {
  const shown = JSON.stringify(
    redactConfig(
      entry({
        headers: { 'X-A': 'secret-1' },
        auth: { mode: 'header', headerName: 'X', value: 'secret-2', token: 'secret-3' },
        tls: { key: 'secret-4', passphrase: 'secret-5' },
        proxy: { mode: 'explicit-proxy', url: 'http://me:secret-6@p:1' },
      }) as never,
    ),
  );
  expect(shown).not.toContain('secret-');
});
