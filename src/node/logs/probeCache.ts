import type { LogProbe } from './probeLog';

/** Remembers what the beginnings of logs say, for as long as a file keeps its size and time. Kept by the caller. */
export interface ProbeCache {
  get(file: string, size: number, mtimeMs: number): LogProbe | undefined;
  set(file: string, size: number, mtimeMs: number, probe: LogProbe): void;
}

const MOST = 20_000;

export function createProbeCache(): ProbeCache {
  const known = new Map<string, { readonly stamp: string; readonly probe: LogProbe }>();
  const stampOf = (size: number, mtimeMs: number): string => `${size} ${mtimeMs}`;
  return {
    get(file, size, mtimeMs) {
      const entry = known.get(file);
      return entry?.stamp === stampOf(size, mtimeMs) ? entry.probe : undefined;
    },
    set(file, size, mtimeMs, probe) {
      if (known.size >= MOST) known.clear();
      known.set(file, { stamp: stampOf(size, mtimeMs), probe });
    },
  };
}
