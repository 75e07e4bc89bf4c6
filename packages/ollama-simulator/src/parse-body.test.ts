import { expect, test } from 'vitest';
import { parseBody } from './parse-body.ts';

const parse = (text: string) =>
  parseBody(text, {
    emptyMessage: 'EOF',
    struct: 'openai.ChatCompletionRequest',
    foundBy: 'middleware',
    fields: { model: { type: 'string', goType: 'string' } },
  });

test.each([
  ['', 'EOF'],
  ['  \n', 'EOF'],
  ['{"model":', 'unexpected EOF'],
  ['{"model":"x"', 'unexpected EOF'],
  ['{"model":"x', 'unexpected EOF'],
  ['<html>', "invalid character '<' looking for beginning of value"],
  ['{"model": tape}', "invalid character 'a' in literal true (expecting 'r')"],
  ['{"model": nulp}', "invalid character 'p' in literal null (expecting 'l')"],
  ['{"a":1.x}', "invalid character 'x' after decimal point in numeric literal"],
  ['{"a":-}', "invalid character '}' in numeric literal"],
  ['{"a":"\\x"}', "invalid character 'x' in string escape code"],
  ['{"a":"\n"}', "invalid character '\\n' in string literal"],
  ['{"a":[1,]}', "invalid character ']' looking for beginning of value"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"model":x}', "invalid character 'x' looking for beginning of value"],
  ['{model:"x"}', "invalid character 'm' looking for beginning of object key string"],
  ['{"model" "x"}', `invalid character '"' after object key`],
  ['{"model":"x" "y":1}', `invalid character '"' after object key:value pair`],
  ['{"a":[1 2]}', "invalid character '2' after array element"],
  ['{} x', "invalid character 'x' after top-level value"],
  ['[]', 'json: cannot unmarshal array into Go value of type openai.ChatCompletionRequest'],
  ['{"model":7}', 'json: cannot unmarshal number into Go struct field ChatCompletionRequest.model of type string'],
])('%j is refused with %j', (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test('an object is taken, unknown keys and null values included', () => {
  expect(parse('{"model":null,"other":1}')).toEqual({ model: null, other: 1 });
});
