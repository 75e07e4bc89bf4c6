import { describe, expect, test } from 'vitest';
import { playEveryCut, playTexts } from '../test/play.ts';
import { FAMILIES } from './syntaxes/families.ts';

describe.each(FAMILIES)('the $id family', ({ samples }) => {
  test.for(samples.map((sample) => [sample.text, sample] as const))('reads %s', async ([, sample]) => {
    const { text, calls = [], reasoning = '', rest = '' } = sample;
    for (const played of await playEveryCut(text)) {
      const { texts } = played;
      expect(played).toMatchObject({ texts, calls, reasoning, text: rest, problems: [] });
      expect(played.finish).toBe(calls.length > 0 ? 'tool-calls' : 'stop');
    }
  });
});

describe('a known family', () => {
  const qwen = '<get_weather>\n<parameter=city>\nOslo\n</parameter>\n</get_weather>';
  const llama = '<|python_tag|>{"name": "get_weather", "parameters": {"city": "Oslo"}}';
  const behind = (call: string): string => `I look.\n${call}\nOne moment.`;

  test.for([
    ['makes its own weak forms certain', behind(qwen), 'qwen', 1],
    ['leaves them weak if it is unknown', behind(qwen), undefined, 0],
    ['makes the forms of others weak', behind(llama), 'qwen', 0],
    ['leaves them certain if it is unknown', behind(llama), 'other', 1],
    ['is found by an architecture', behind(qwen), 'qwen35moe', 1],
  ] as const)('%s', async ([, text, family, count]) => {
    const played = await playTexts([text], { family });

    expect(played.calls).toHaveLength(count);
    if (count === 0) expect(played.text).toBe(text);
  });
});
