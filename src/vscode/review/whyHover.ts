import * as vscode from 'vscode';
import { isWhole } from '../../core/review/openFile';
import { formatTime } from '../formatTime';
import { hunkAt } from './cursorHunk';
import { sideOf } from './navigator';
import { argumentsOf, type FoundFile, type ReviewModel } from './reviewModel';
import type { SessionTitles } from './sessionTitles';
import { whyCommands, whyMarkdown } from './whyText';
import type { Hunk } from '../../core/review/hunks';

/** The hunk of a document that a position means, where one is meant. */
export async function hunkUnder(
  model: ReviewModel,
  found: FoundFile,
  document: vscode.TextDocument,
  line: number,
): Promise<Hunk | undefined> {
  const side = sideOf(document.uri);
  const hunks = await model.hunks(found, side === 'new' ? document.getText() : found.file.draft);
  return hunkAt(hunks, side, line);
}

/** Why: the reasons of a change, as a hover on its hunks. */
export class WhyHover implements vscode.HoverProvider {
  readonly #model: ReviewModel;
  readonly #titles: SessionTitles;

  constructor(model: ReviewModel, titles: SessionTitles) {
    this.#model = model;
    this.#titles = titles;
  }

  async provideHover(document: vscode.TextDocument, { line }: vscode.Position): Promise<vscode.Hover | undefined> {
    const found = await this.#model.locate(document.uri);
    if (found === undefined) return undefined;
    const hunk = await hunkUnder(this.#model, found, document, line);
    const whole = isWhole(found.change.change);
    if (hunk === undefined && !whole) return undefined;
    const titles = await this.#titles.of(found.folder);
    const text = whyMarkdown(
      {
        change: found.change,
        target: argumentsOf(found),
        ...(whole || hunk === undefined ? {} : { hunk: hunk.id }),
        sessionTitle: (session) => titles.get(session),
        formatTime,
      },
      vscode.l10n.t,
    );
    const markdown = new vscode.MarkdownString(text, true);
    markdown.supportHtml = false;
    markdown.isTrusted = { enabledCommands: whyCommands };
    return new vscode.Hover(markdown, document.lineAt(line).range);
  }
}
