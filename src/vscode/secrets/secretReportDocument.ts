import * as vscode from 'vscode';
import { renderSecretReport, type SecretReport } from '../../core/secretReport/secretReport';

const SCHEME = 'agent-dreams-secrets';

/** The reports of this window, newest last; a report is never written to disk. */
const MOST_KEPT = 5;

const reports = new Map<string, string>();

/** Serves reports as read-only documents. */
export function registerSecretReport(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) =>
      reports.get(uri.toString()) ??
      vscode.l10n.t('This report is gone: it was never written to disk. Run Find Secrets again.'),
  });
}

/** Opens a report beside nothing: plain Markdown as text, where no link is alive. */
export async function openSecretReport(report: SecretReport): Promise<void> {
  const name = report.at.replace(/[^0-9]/g, '').slice(0, 14);
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/secrets-${name}.md` });
  reports.set(uri.toString(), renderSecretReport(report));
  for (const old of [...reports.keys()].slice(0, -MOST_KEPT)) reports.delete(old);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}
