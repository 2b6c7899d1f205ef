import type { CorePorts } from '../../src/core/ports';
import { createHasher } from '../../src/node/hasher';
import { createTextCodec } from '../../src/node/textCodec';
import { createFakeClock, type FakeClock } from '../fakes/fakeClock';
import { createFakeLock, createRecordingLogger, createSequenceIds, type RecordingLogger } from '../fakes/fakePorts';
import type { DiskState } from './disk';
import { createFaultFileStore, type Fault, type FaultFileStore } from './faultFileStore';

/** One process on a disk. Its locks are gone when it is. */
export interface FaultyProcess extends CorePorts {
  readonly files: FaultFileStore;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
}

const START = Date.parse('2026-11-21T09:00:00Z');
const hasher = createHasher();
const text = createTextCodec();

/** Starts the `number`-th process of a test, two hours after the one before. */
export function startProcess(disk: DiskState, number: number, fault?: Fault): FaultyProcess {
  const clock = createFakeClock(START + number * 7_200_000);
  const files = createFaultFileStore(disk, { now: () => clock.now() });
  files.fault = fault;
  return {
    files,
    clock,
    hasher,
    text,
    ids: createSequenceIds(`p${number}x`),
    lock: createFakeLock(),
    logger: createRecordingLogger(),
    // Nothing here is secret; the real one is measured elsewhere.
    redactor: { redact: (said) => ({ text: said, rules: [], values: [] }) },
  };
}
