const OPEN = '<private>';
const CLOSE = '</private>';
const INSTEAD = '[private]';

/**
 * Text with every `<private>…</private>` replaced by `[private]`, marks in any case. One that is never closed hides
 * everything to the end: better too much than what the person meant to keep.
 */
export function withoutPrivateParts(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length !== text.length || !lower.includes(OPEN)) return lower.includes(OPEN) ? INSTEAD : text;
  let kept = '';
  let from = 0;
  for (let open = lower.indexOf(OPEN); open !== -1; open = lower.indexOf(OPEN, from)) {
    kept += text.slice(from, open) + INSTEAD;
    const close = lower.indexOf(CLOSE, open + OPEN.length);
    if (close === -1) return kept;
    from = close + CLOSE.length;
  }
  return kept + text.slice(from);
}
