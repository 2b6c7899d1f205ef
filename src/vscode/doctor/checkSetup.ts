import * as vscode from 'vscode';
import { checkMemorySetup } from '../../core/doctor/checkMemorySetup';
import { loadedForFile, loadedText } from '../../core/doctor/loadedText';
import type { DoctorFinding, Severity } from '../../core/doctor/finding';
import { collectDoctorFacts } from '../../node/doctor/collectFacts';
import type { MemoryFolder } from '../app';
import { formatTime } from '../formatTime';
import { fileSchemes } from '../ids';
import { ReadOnlyFiles } from '../readOnlyFiles';
import type { Shell } from '../shell';
import { doctorPlaces } from './doctorPlaces';
import { doctorReport, severityWord, type Checked } from './doctorReport';
import { findingWords } from './findingWords';
import { fixLabel, leadsAway, runFix } from './fixes';
import { fileReport, loadedReport, testReport } from './recallTestReport';

const ICONS: Readonly<Record<Severity, string>> = {
  problem: 'error',
  warning: 'warning',
  note: 'info',
  unknown: 'question',
};

interface CheckedFolder extends Checked {
  readonly folder: MemoryFolder;
}

type Picked =
  | { readonly kind: 'fix'; readonly folder: MemoryFolder; readonly finding: DoctorFinding }
  | { readonly kind: 'report' }
  | { readonly kind: 'again' };

/**
 * Check Memory Setup: looks at every folder of the window and lists what is not as it should be. Picking a row does what
 * puts it right, and then everything is looked at again; unless it opened what the user now reads or edits.
 */
export async function checkSetup(shell: Shell): Promise<void> {
  for (;;) {
    const checked = await lookAtAll(shell);
    if (checked === undefined) return;
    const picked = await pick(checked);
    if (picked === undefined) return;
    if (picked.kind === 'report') {
      await showReport(shell);
      return;
    }
    if (picked.kind === 'fix') {
      await runFix(shell, picked.folder, picked.finding);
      if (leadsAway(picked.finding.fix)) return;
    }
  }
}

/** undefined if the user cancelled it. */
async function lookAtAll(shell: Shell): Promise<readonly CheckedFolder[] | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Looking at the memory setup'),
    cancellable: true,
  };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const checked: CheckedFolder[] = [];
    for (const folder of shell.app.folders) {
      progress.report({ message: folder.name });
      checked.push(await lookAt(shell, folder, controller.signal));
      if (token.isCancellationRequested) return undefined;
    }
    return checked;
  });
}

async function lookAt(shell: Shell, folder: MemoryFolder, signal: AbortSignal): Promise<CheckedFolder> {
  const facts = await collectDoctorFacts(await doctorPlaces(shell, folder), signal);
  return { folder, name: folder.name, facts, findings: checkMemorySetup(facts) };
}

async function pick(checked: readonly CheckedFolder[]): Promise<Picked | undefined> {
  const { t } = vscode.l10n;
  const items: (vscode.QuickPickItem & { readonly picked_?: Picked })[] = checked.flatMap(
    ({ folder, name, findings }) => [
      ...(checked.length > 1 ? [{ label: name, kind: vscode.QuickPickItemKind.Separator }] : []),
      ...(findings.length === 0 ? [{ label: `$(pass) ${t('Everything is as it should be.')}` }] : []),
      ...findings.map((finding) => rowOf(folder, finding)),
    ],
  );
  items.push({ label: '', kind: vscode.QuickPickItemKind.Separator });
  items.push({ label: `$(book) ${t('Show Report')}`, picked_: { kind: 'report' } });
  items.push({ label: `$(refresh) ${t('Check Again')}`, picked_: { kind: 'again' } });
  const count = checked.reduce((sum, { findings }) => sum + findings.length, 0);
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Check Memory Setup'),
    placeHolder:
      count === 0
        ? t('Everything that was looked at is as it should be.')
        : t('{0} findings. Pick one to put it right; everything is then looked at again.', count),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  // A row that says that all is well leads to what was looked at.
  return picked && (picked.picked_ ?? { kind: 'report' });
}

function rowOf(folder: MemoryFolder, finding: DoctorFinding): vscode.QuickPickItem & { readonly picked_: Picked } {
  const { t } = vscode.l10n;
  const { title, meaning, todo } = findingWords(finding, t);
  return {
    label: `$(${ICONS[finding.severity]}) ${title.replaceAll('$(', '$ (')}`,
    description: finding.fix === undefined ? severityWord(finding.severity, t) : fixLabel(finding.fix, t),
    detail: `${meaning} ${todo}`.replaceAll('$(', '$ ('),
    picked_: { kind: 'fix', folder, finding },
  };
}

async function showReport({ clock }: Shell): Promise<void> {
  const uri = vscode.Uri.from({
    scheme: fileSchemes.doctor,
    path: `/${vscode.l10n.t('Memory Setup')}.md`,
    query: new URLSearchParams({ at: String(clock.now()) }).toString(),
  });
  const location = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at the memory setup') };
  const document = await vscode.window.withProgress(location, () => vscode.workspace.openTextDocument(uri));
  await vscode.window.showTextDocument(document, { preview: true });
}

/**
 * Reports of the setup, and what Recall Test shows, as read-only files, made anew whenever one is opened.
 */
export function registerDoctorReports(shell: Shell): vscode.Disposable {
  // The editor asks for size and text of one document: everything is looked at once for both.
  let last: { readonly uri: string; readonly text: Promise<string | undefined> } | undefined;
  const files = new ReadOnlyFiles(async (uri) => {
    if (last?.uri !== uri.toString())
      last = { uri: uri.toString(), text: textOf(shell, new URLSearchParams(uri.query)) };
    return last.text;
  });
  shell.app.serveFiles('doctor', files);
  return vscode.Disposable.from(files);
}

async function textOf(shell: Shell, query: URLSearchParams): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const [show, file, test] = [query.get('show'), query.get('file'), query.get('test')];
  if (test !== null) return testReport(test, t);
  if (show === null && file === null) return await setupReport(shell);
  const folder = shell.app.folder(query.get('folder') ?? '');
  if (folder === undefined) return undefined;
  const ports = await folder.ports();
  const { subagents } = shell.app.settings.current().recall;
  if (file !== null) return fileReport(file, await loadedForFile(ports, file, { subagents }), t);
  const loaded = await loadedText(ports, show ?? '');
  return loaded && loadedReport(`${folder.name}: ${show ?? ''}`, loaded, t);
}

async function setupReport(shell: Shell): Promise<string> {
  const { signal } = new AbortController();
  const checked: Checked[] = [];
  for (const folder of shell.app.folders) checked.push(await lookAt(shell, folder, signal));
  return doctorReport(checked, { t: vscode.l10n.t, time: formatTime });
}
