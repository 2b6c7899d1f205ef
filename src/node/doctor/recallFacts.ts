import type { RecallFacts, RenderedFile } from '../../core/doctor/facts';
import type { CorePorts, Lock } from '../../core/ports';
import { isHookFile, RECALL_FOLDER, RULES_PATH } from '../../core/recall/recallFiles';
import { renderRecall, type RecallRequest } from '../../core/recall/renderRecall';
import { createOverlay } from './overlayFiles';

const MAX_BYTES = 256 * 1024;
/** Nothing is written, so that nobody has to be kept out. */
const FREE: Lock = { hold: (_name, work) => work() };

/** What hooks print, beside what the accepted memory gives now. Writes nothing. */
export async function recallFacts(ports: CorePorts, request: RecallRequest): Promise<RecallFacts> {
  const overlay = createOverlay(ports.files);
  const report = await renderRecall({ ...ports, files: overlay, lock: FREE }, request);
  const before = await namesIn(ports.files);
  const names = new Set([...(await namesIn(overlay)), ...before]);
  const files: RenderedFile[] = [];
  for (const name of [...names].sort()) {
    const path = `${RECALL_FOLDER}/${name}`;
    files.push({ name, present: await textAt(ports, ports.files, path), wanted: await textAt(ports, overlay, path) });
  }
  const main = report.views.find(({ viewer }) => viewer.kind === 'main');
  return {
    files,
    tokens: main?.tokens ?? 0,
    maxTokens: report.maxTokens,
    leftOut: main?.entries.filter(({ how }) => how === 'left-out').length ?? 0,
  };
}

async function namesIn(files: CorePorts['files']): Promise<readonly string[]> {
  const entries = await files.list(RECALL_FOLDER);
  const rules = RULES_PATH.slice(RECALL_FOLDER.length + 1);
  return entries
    .filter(({ name, kind }) => kind === 'file' && (isHookFile(name) || name === rules))
    .map(({ name }) => name);
}

/** What cannot be read is there, and is not what it should be. */
async function textAt(
  { text }: Pick<CorePorts, 'text'>,
  files: CorePorts['files'],
  path: string,
): Promise<string | undefined> {
  const bytes = await files.read(path, { maxBytes: MAX_BYTES }).catch(() => new Uint8Array());
  return bytes === undefined ? undefined : text.decode(bytes).text;
}
