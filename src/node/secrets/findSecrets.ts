import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { CancelSignal, CorePorts, Progress } from '../../core/ports';
import {
  groupSightings,
  type ScannedFile,
  type ScannedKind,
  type SecretReport,
  type SecretSighting,
} from '../../core/secretReport/secretReport';
import { textsOfRecord } from '../../core/secretReport/logTexts';
import { createLineSplitter } from '../../core/sessions/lineSplitter';
import { readLine } from '../../core/sessions/readLine';
import { discoverLogs, type DiscoverOptions } from '../logs/discover';
import type { FoundSecret, SecretGuard } from './secretGuard';

type Ports = Pick<CorePorts, 'files' | 'text' | 'clock'> & { readonly redactor: SecretGuard };

interface Scan {
  readonly ports: Ports;
  readonly signal: CancelSignal;
  readonly files: ScannedFile[];
  readonly unread: string[];
  count: number;
  bytes: number;
}

const LARGEST = 64 * 1024 * 1024;
const DEEPEST = 12;

/**
 * Looks for secrets in the original logs of a workspace, in its store and in `.local`. Changes nothing and tells no
 * value. A file that cannot be read is named in the report. Cancelled, the report holds what was seen so far.
 */
export async function findSecrets(
  ports: Ports,
  options: DiscoverOptions,
  signal: CancelSignal,
  progress?: Progress,
): Promise<SecretReport> {
  await ports.redactor.refresh();
  const scan: Scan = { ports, signal, files: [], unread: [], count: 0, bytes: 0 };
  const found = await discoverLogs(options);
  const logs = [...found.logs, ...found.agents].map(({ file }) => file);
  scan.unread.push(...found.failed.map(({ file }) => file));
  const kept = await filesBelow(ports.files, '', 0);
  const total = logs.length + kept.length;
  const step = (file: string): void => progress?.report({ message: path.basename(file), done: scan.count, total });
  for (const file of logs) {
    if (signal.aborted) break;
    step(file);
    await attempt(scan, 'log', file, () => scanLog(scan, file));
  }
  for (const file of kept) {
    if (signal.aborted) break;
    step(file);
    const kind = file.startsWith('.local/') && !file.startsWith('.local/personal/') ? 'local' : 'memory';
    await attempt(scan, kind, file, () => scanStored(scan, file));
  }
  return {
    workspace: options.workspaceRoot,
    at: new Date(ports.clock.now()).toISOString(),
    files: scan.files,
    scanned: { files: scan.count, bytes: scan.bytes },
    unread: scan.unread,
    canceled: signal.aborted,
  };
}

async function attempt(
  scan: Scan,
  kind: ScannedKind,
  file: string,
  look: () => Promise<readonly SecretSighting[]>,
): Promise<void> {
  try {
    const groups = groupSightings(await look());
    scan.count += 1;
    // The name of a file may hold a secret, too.
    const name = scan.ports.redactor.redact(file).text;
    if (groups.length > 0) scan.files.push({ kind, file: name, groups });
  } catch {
    scan.unread.push(scan.ports.redactor.redact(file).text);
  }
}

async function scanLog(scan: Scan, file: string): Promise<readonly SecretSighting[]> {
  const sightings: SecretSighting[] = [];
  const tools = new Map<string, string>();
  const splitter = createLineSplitter();
  const look = (line: number, bytes: Uint8Array | undefined): void => {
    if (bytes !== undefined) sightings.push(...inLine(scan, line, scan.ports.text.decode(bytes).text, tools));
  };
  const stream = createReadStream(file);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (scan.signal.aborted) break;
    scan.bytes += chunk.length;
    for (const { line, bytes } of splitter.push(chunk)) look(line, bytes);
  }
  const rest = splitter.rest();
  if (rest !== undefined) look(rest.line, rest.bytes);
  return sightings;
}

function inLine(scan: Scan, line: number, text: string, tools: Map<string, string>): readonly SecretSighting[] {
  const find = (words: string): readonly FoundSecret[] => scan.ports.redactor.find(words);
  const { records } = readLine(text);
  if (records.length === 0) return find(text).map((one) => sighting(line, 'unreadable line', one));
  return records
    .flatMap((record) => textsOfRecord(record, tools))
    .flatMap((placed) =>
      find(placed.text).map((one) => sighting(line, scan.ports.redactor.redact(placed.where).text, one)),
    );
}

function sighting(
  line: number,
  where: string,
  { rule, fingerprint }: { readonly rule: string; readonly fingerprint: string },
): SecretSighting {
  return { line, rule, fingerprint, where };
}

async function scanStored(scan: Scan, file: string): Promise<readonly SecretSighting[]> {
  const bytes = await scan.ports.files.read(file, { maxBytes: LARGEST });
  if (bytes === undefined) return [];
  scan.bytes += bytes.length;
  const { text } = scan.ports.text.decode(bytes);
  let line = 1;
  let at = 0;
  return scan.ports.redactor.find(text).map((one) => {
    for (; at < one.start; at += 1) if (text.charCodeAt(at) === 10) line += 1;
    return sighting(line, file.endsWith('.md') ? 'text' : 'file', one);
  });
}

async function filesBelow(files: CorePorts['files'], folder: string, depth: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, kind } of await files.list(folder)) {
    const file = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'directory' && depth < DEEPEST) found.push(...(await filesBelow(files, file, depth + 1)));
    // The key is the store's own, and no secret of anybody else.
    if (kind === 'file' && file !== '.local/key') found.push(file);
  }
  return found;
}
