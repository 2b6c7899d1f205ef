import * as vscode from 'vscode';
import { isHiddenCharacter } from '../../core/unicode/inspectText';
import type { TextFinding } from '../../core/unicode/textFinding';
import { hiddenIn, isOurs } from './hiddenDocuments';

/** Beyond this the marks of a text cost more than they tell; it cannot be accepted anyway. */
const MAX_MARKS = 500;

/**
 * Shows what a reader would not see: a red box with the code point before each hidden character, and a red line under
 * words that hide, pose or act. The editor's own highlighting is off in Markdown, and knows neither tags nor selectors.
 */
export class HiddenMarks implements vscode.Disposable {
  readonly #boxes = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    overviewRulerColor: new vscode.ThemeColor('editorError.foreground'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
  readonly #words = vscode.window.createTextEditorDecorationType({
    textDecoration: 'underline dashed 1px',
    color: new vscode.ThemeColor('editorError.foreground'),
    overviewRulerColor: new vscode.ThemeColor('editorWarning.foreground'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.#mark(editor))),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#markAll(document)),
    ];
    vscode.window.visibleTextEditors.forEach((editor) => this.#mark(editor));
  }

  dispose(): void {
    this.#subscriptions.forEach((subscription) => void subscription.dispose());
    this.#boxes.dispose();
    this.#words.dispose();
  }

  #markAll(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.#mark(editor);
  }

  #mark(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!isOurs(document.uri)) return;
    const findings = hiddenIn(document, MAX_MARKS);
    const range = ({ offset, length }: TextFinding): vscode.Range =>
      new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    const options = (finding: TextFinding): vscode.DecorationOptions => ({
      range: range(finding),
      hoverMessage: new vscode.MarkdownString().appendText(sentence(finding)),
    });
    const [characters, words] = [findings.filter(isHiddenCharacter), findings.filter((one) => !isHiddenCharacter(one))];
    editor.setDecorations(
      this.#boxes,
      characters.map((finding) => ({ ...options(finding), renderOptions: { before: box(finding) } })),
    );
    editor.setDecorations(this.#words, words.map(options));
  }
}

function sentence({ words, codePoints, count }: TextFinding): string {
  const many = count > 1 ? vscode.l10n.t('{0} characters', count) : '';
  return [words, codePoints.join(', '), many].filter((part) => part !== '').join(' · ');
}

function box({ codePoints, count }: TextFinding): vscode.ThemableDecorationAttachmentRenderOptions {
  const [first = ''] = codePoints;
  return {
    contentText: count > 1 ? `${first} ×${count}` : first,
    color: new vscode.ThemeColor('editorError.foreground'),
    backgroundColor: new vscode.ThemeColor('editor.background'),
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editorError.foreground'),
    margin: '0 2px',
  };
}
