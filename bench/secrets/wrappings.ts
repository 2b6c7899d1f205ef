/** A text around a token, and where in it the token, or what it is encoded as, stands. */
export interface Wrapped {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

type Wrap = (token: string) => Wrapped;

/** `{}` marks the place of the token; `inside` is what stands there. */
function around(frame: string, inside: (token: string) => string = (token) => token): Wrap {
  const [before = '', after = ''] = frame.split('{}');
  return (token) => {
    const body = inside(token);
    return { text: before + body + after, start: before.length, end: before.length + body.length };
  };
}

const escapeOnce = (token: string): string => JSON.stringify(token).slice(1, -1);
const colour = (token: string): string => `\u001b[31m${token}\u001b[0m`;

function coloured(frame: string, write: (token: string) => string): Wrap {
  return (token) => {
    const { text } = around(frame, write)(token);
    const start = text.indexOf(token);
    return { text, start, end: start + token.length };
  };
}

/** Where secrets stand in transcripts: the wrappings of the reference, and what else tools print. */
export const WRAPPINGS: Readonly<Record<string, Wrap>> = {
  bare: around('{}'),
  dotenv: around('NAME=1\nVALUE={}\nNEXT=2\n'),
  'shell export': around('export VALUE="{}" && make'),
  json: around('{"a": 1, "value": "{}"}', escapeOnce),
  yaml: around('root:\n  value: {}\n  other: 1\n'),
  'markdown code': around('Use `{}` here'),
  'line gutter': around('    12\t{}\n    13\tnext'),
  diff: around('@@ -1,2 +1,2 @@\n-old\n+{}\n same'),
  'escaped JSON': around('{"out": "{\\"value\\": \\"{}\\"}"}', (token) => escapeOnce(escapeOnce(token))),
  'after a written-out line break': around('"first\\n{}\\nlast"'),
  'end of a sentence': around('The server uses {}. Then it stops.'),
  '(brackets)': around('the value ({}) is set'),
  '[square brackets]': around('values: [{}]'),
  '<angle brackets>': around('<value>{}</value>'),
  'URL query': around('GET https://example.org/a?x=1&value={}&y=2 200', encodeURIComponent),
  'URL path': around('GET https://example.org/hooks/{}/send', (token) => token),
  'URL userinfo': around('git clone https://{}@example.org/a/b.git', encodeURIComponent),
  'ANSI colour': coloured('before {} after', colour),
  'ANSI colour inside': around('before {} after', (token) => `${token.slice(0, 9)}\u001b[1;31m${token.slice(9)}`),
  'zero-width split': around('before {} after', (token) => `${token.slice(0, 5)}\u200b${token.slice(5)}`),
  base64: around('data: {}\n', (token) => Buffer.from(`value=${token}\n`).toString('base64')),
  'base64, url-safe': around('?state={}&', (token) => Buffer.from(`{"value":"${token}"}`).toString('base64url')),
  'percent-encoded': around('body=value%3D{}%26x', (token) =>
    Buffer.from(token).toString('hex').replace(/../gu, '%$&'),
  ),
};
