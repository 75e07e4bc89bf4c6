import { ProviderError } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { TOOLS } from '../test/tools.ts';
import { createStreamRepair } from './repair-stream.ts';

function failure(generatedText: string): StreamEvent {
  return { type: 'error', error: new ProviderError('server-error', 'failed', { model: 'm', generatedText }) };
}

describe('what the model said before the server failed to parse it', () => {
  test.for(['<function=list_dir={"path": "."}</function>', '{"name": "list_dir", "arguments": {"path": "."}}'])(
    'becomes an answer if it is a call: %s',
    (text) => {
      const events = createStreamRepair({ tools: TOOLS, generateId: () => 'new' }).push([failure(text)]);

      expect(events.map(({ type }) => type)).toEqual([
        'start',
        'repair',
        'tool-call-start',
        'tool-call-delta',
        'tool-call-end',
        'finish',
      ]);
      expect(events).toContainEqual({
        type: 'tool-call-end',
        id: 'new',
        name: 'list_dir',
        argumentsText: '{"path": "."}',
      });
      expect(events.at(-1)).toEqual({ type: 'finish', reason: 'tool-calls' });
    },
  );

  test('stays an error if it is none', () => {
    const event = failure('import csv\n');

    expect(createStreamRepair({ tools: TOOLS }).push([event])).toEqual([event]);
  });

  test('stays an error without tools, and behind the start of an answer', () => {
    const event = failure('<function=list_dir={"path": "."}</function>');

    expect(createStreamRepair().push([event])).toEqual([event]);
    expect(
      createStreamRepair({ tools: TOOLS })
        .push([{ type: 'start', model: 'm' }, event])
        .at(-1),
    ).toEqual(event);
  });
});
