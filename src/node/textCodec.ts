import type { TextCodec } from '../core/ports';

/** UTF-8 text codec. A leading BOM stays in the text, so that a file round-trips byte for byte. */
export function createTextCodec(): TextCodec {
  const encoder = new TextEncoder();
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const tolerant = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    encode: (text) => encoder.encode(text),
    decode: (bytes) => {
      try {
        return { text: strict.decode(bytes), lossy: false };
      } catch {
        return { text: tolerant.decode(bytes), lossy: true };
      }
    },
  };
}
