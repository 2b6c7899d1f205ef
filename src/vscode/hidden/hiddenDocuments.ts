import type * as vscode from 'vscode';
import { isIndexMark } from '../../core/memory/memoryIndex';
import { inspectText } from '../../core/unicode/inspectText';
import type { TextFinding } from '../../core/unicode/textFinding';
import { fileSchemes } from '../ids';
import { STORE_FOLDER } from '../folders/memoryFolder';

const OUR_SCHEMES: ReadonlySet<string> = new Set(Object.values(fileSchemes));

/** True for the documents whose hidden text is shown: all of ours, and the files of a store. */
export function isOurs(uri: vscode.Uri): boolean {
  return OUR_SCHEMES.has(uri.scheme) || isStoreFile(uri);
}

/** True where the extension helps to clean a text: drafts, and the files of a store. */
export function isCleanable(uri: vscode.Uri): boolean {
  return uri.scheme === fileSchemes.proposed || isStoreFile(uri);
}

function isStoreFile(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && uri.path.includes(`/${STORE_FOLDER}/`) && uri.path.endsWith('.md');
}

/** What a document hides, `most` places of it; the marks of an index are ours and hide nothing. */
export function hiddenIn(document: vscode.TextDocument, most?: number): readonly TextFinding[] {
  const text = document.getText();
  return inspectText(text, most).filter(({ offset, length }) => !isIndexMark(text.slice(offset, offset + length)));
}

/** Selects what `isCleanable` does. */
export const cleanable: vscode.DocumentSelector = [
  { scheme: fileSchemes.proposed },
  { scheme: 'file', pattern: `**/${STORE_FOLDER}/**/*.md` },
];
