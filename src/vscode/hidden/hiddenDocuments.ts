import type * as vscode from 'vscode';
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

/** Selects what `isCleanable` does. */
export const cleanable: vscode.DocumentSelector = [
  { scheme: fileSchemes.proposed },
  { scheme: 'file', pattern: `**/${STORE_FOLDER}/**/*.md` },
];
