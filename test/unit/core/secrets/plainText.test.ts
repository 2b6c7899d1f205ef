import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../../src/core/secrets/plainText';

const B = '\\';
const ESC = '\u001b';

describe('the text as a reader sees it', () => {
  it.each([
    ['nothing to see', 'key=value', 'key=value'],
    ['colours', `${ESC}[31mred${ESC}[0m`, 'red'],
    ['colours written out', `${B}u001b[31mred${B}x1b[0m ${B}033[1mx ${B}e[0my`, 'red x y'],
    ['a window title', `${ESC}]0;title\u0007red`, 'red'],
    ['characters without a width', 'to\u200bke\u00adn', 'token'],
    ['tags', 'to\udb40\udc41ken', 'token'],
    ['escaped quotes', `{${B}"key${B}": 1}`, '{"key": 1}'],
    ['quotes escaped twice', `{${B}${B}${B}"key${B}${B}${B}": 1}`, '{"key": 1}'],
    ['line breaks and tabs', `a${B}nb${B}rc${B}td`, 'a\nb\rc\td'],
    ['line breaks escaped twice', `a${B}${B}nb`, 'a\nb'],
    ['slashes', `https:${B}/${B}/host`, 'https://host'],
    ['code units', `${B}u0041${B}x42${B}${B}u0043`, 'ABC'],
    ['code units that show nothing', `to${B}u200bken`, 'token'],
    ['what was redacted before', 'a[redacted:aws-key:0badcafe]b', 'a\nb'],
  ])('has no %s', (_, text, plain) => {
    expect(toPlainText(text).text).toBe(plain);
  });

  it.each([
    ['a Windows path', `C:${B}Work${B}src`],
    ['a row of backslashes', `a${B}${B}${B} b`],
    ['half an escape', `${B}u12 and ${B}xg`],
    ['half a mark', '[redacted:no end'],
    ['a backslash at the end', `a${B}`],
    ['a row of backslashes at the end', `a${B}${B}`],
  ])('keeps %s', (_, text) => {
    expect(toPlainText(text).text).toBe(text);
  });

  it('reads the last eight of more backslashes as the escape', () => {
    expect(toPlainText(`${B.repeat(12)}"`).text).toBe(`${B.repeat(4)}"`);
  });
});
