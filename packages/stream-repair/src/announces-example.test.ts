import { describe, expect, test } from 'vitest';
import { announcesExample } from './announces-example.ts';

const EXAMPLES = [
  'For example:',
  'For instance, with the weather tool:',
  'For example, I will call the tool like this:',
  '**Example:**',
  '*Example*:',
  '### Example',
  'Example 1:',
  '**Sample tool call**',
  'An example of such a call',
  'This is an example of a call.',
  'Let me show you what a call looks like:',
  'Such as:',
  'Consider this call:',
  'Template:',
  'Expected output:',
  'Raw model output:',
  'Response format:',
  'Request body:',
  '✅ Correct:',
  'The format is:',
  'The request body is:',
  'A valid call is:',
  'It would emit:',
  'The payload would be:',
  'Your message should then contain:',
  'The tool can be called with:',
  'In Hermes format this becomes:',
  'The model outputs:',
  'The assistant then replies with:',
  'Your code receives:',
  'You will receive something like:',
  'You sent me this:',
  'The previous call was:',
  'The JSON you asked for:',
  'In the transcript you pasted, the model wrote:',
  'Bijvoorbeeld:',
  'Ein Beispiel:',
  'Voici un exemple :',
  'Un ejemplo:',
  'Пример:',
  '例如：',
  '比如：',
  '예를 들어:',
];

const ACTS = [
  'Sure!',
  'Let me check:',
  "I'll read the file:",
  'I will call the following function:',
  'Here is the function call:',
  "Here's the function call to get the weather in Oslo:",
  'Here is the JSON response in the required format:',
  'To find out, I need to use the get_weather tool:',
  'The appropriate function call is:',
  'Calling the tool now:',
  'Function call:',
  'Tool call:',
  'Action:',
  'Let me look at the example configuration:',
  'Let me look at the example JSON file:',
  'I will run the sample test that you wrote:',
  'It seems the file was moved. Let me check:',
  'Since the file was moved, I’ll list the directory:',
  'You asked for the weather in Oslo, so I will look it up:',
  'Here is the weather you asked for:',
  'We should look at the tests first:',
  'The tests would fail without it, so let me write it:',
  'Next, the output directory:',
  'The server returns 500 because the code sends no header',
  'You get an error because the file is missing.',
  'The fix should be small.',
  'There is a syntax error in line 3.',
  'The log demonstrates that the test fails.',
  'The JSON file you sent is broken.',
];

describe('the text before a call', () => {
  test.each(EXAMPLES)('announces an example: %s', (line) => {
    expect([`${line}\n\n`, `All of it is easy.\n\n${line}\n`].map(announcesExample)).toEqual([true, true]);
  });

  test.each(ACTS)('makes one: %s', (line) => {
    expect([`${line}\n\n`, `All of it is easy.\n\n${line} `].map(announcesExample)).toEqual([false, false]);
  });
});
