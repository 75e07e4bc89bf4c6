import * as v from 'valibot';

/** The address of a server. */
export const httpUrlSchema = v.pipe(
  v.string(),
  v.check(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    'expected a URL such as "http://127.0.0.1:11434/v1"',
  ),
);
