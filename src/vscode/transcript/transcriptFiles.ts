import { renderTranscript } from '../../core/review/transcript';
import { readSession } from '../../core/sessions/sessionFiles';
import type { App } from '../app';
import { exactTime } from '../formatTime';
import { ReadOnlyFiles } from '../readOnlyFiles';

/** Captured sessions as read-only files. */
export function createTranscriptFiles(app: App): ReadOnlyFiles {
  return new ReadOnlyFiles(async (uri) => {
    const query = new URLSearchParams(uri.query);
    const folder = app.folder(query.get('folder') ?? '');
    const captured = folder && (await readSession(await folder.ports(), query.get('session') ?? ''));
    return captured && renderTranscript(captured, exactTime).text;
  });
}
