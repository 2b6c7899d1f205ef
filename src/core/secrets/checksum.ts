const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = 6;

function crc32(text: string): number {
  let crc = -1;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/**
 * True if the token ends with the CRC-32 of what stands between its prefix and the check sum, in six base62 digits, as
 * the tokens of GitHub and npm do (github.blog, "Behind GitHub's new authentication token formats", 2021).
 */
export function hasCrc32(token: string): boolean {
  const payload = token.slice(token.indexOf('_') + 1, -DIGITS);
  let rest = crc32(payload);
  let digits = '';
  for (let i = 0; i < DIGITS; i += 1) {
    digits = (BASE62[rest % 62] ?? '') + digits;
    rest = Math.floor(rest / 62);
  }
  return payload !== '' && token.endsWith(digits);
}
