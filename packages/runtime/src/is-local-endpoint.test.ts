import { expect, test } from 'vitest';
import { isLocalEndpoint } from './is-local-endpoint.ts';

test.each([
  'http://127.0.0.1:11434/v1',
  'http://localhost:11434',
  'http://[::1]:11434',
  'http://192.168.1.5',
  'http://10.0.0.1',
  'http://172.16.0.1',
  'http://172.31.255.255',
  'http://169.254.1.1',
  'http://[fd00::1]',
  'http://[fe80::1]',
  'http://ollama-host:11434/v1',
  'http://nas.local',
  'http://host.docker.internal:11434',
])('takes %s for local', (url) => {
  expect(isLocalEndpoint(url)).toBe(true);
});

test.each([
  'https://api.openai.com/v1',
  'http://8.8.8.8',
  'http://172.32.0.1',
  'http://11.0.0.1',
  'http://[2001:db8::1]',
  'http://localhost.example.com',
  'not a url',
])('does not take %s for local', (url) => {
  expect(isLocalEndpoint(url)).toBe(false);
});
