import { TRUST_ORDER, type Evidence, type Trust } from '../dream/finding';

/** The lowest of these trusts; `user` of none, which lowers nothing. */
export function lowestTrust(trusts: readonly Trust[]): Trust {
  return TRUST_ORDER[Math.max(0, ...trusts.map((trust) => TRUST_ORDER.indexOf(trust)))] ?? 'recalled';
}

/** True if what has this trust rests on text that no person said and no event showed: never automatic, always warned. */
export function isQuarantined(trust: Trust): boolean {
  return TRUST_ORDER.indexOf(trust) >= TRUST_ORDER.indexOf('tool');
}

/** True if this trust is below the other. */
export function isBelow(trust: Trust, other: Trust): boolean {
  return TRUST_ORDER.indexOf(trust) > TRUST_ORDER.indexOf(other);
}

/**
 * What one piece of evidence is worth by its kind alone. Its session may show that it is worth less (words repeated from
 * a page, a memory read back); nothing can show that it is worth more.
 */
export function trustOfOne(evidence: Evidence): Trust {
  switch (evidence.kind) {
    case 'quote':
      return evidence.by;
    case 'event':
    case 'check':
      return 'observed';
    case 'memory':
      return 'recalled';
    case 'by-hand':
      return 'user';
    case 'usage':
      return 'observed';
    case 'request':
      return evidence.way === 'import' ? 'file' : 'agent';
  }
}

/** The trust of a claim by its evidence: the lowest among it, `recalled` where there is none. */
export function trustOf(evidence: readonly Evidence[]): Trust {
  return evidence.length === 0 ? 'recalled' : lowestTrust(evidence.map(trustOfOne));
}
