import * as vscode from 'vscode';
import { exportMemories, removeExport } from '../bridges/exportMemories';
import { importMemories } from '../bridges/importMemories';
import { checkSetup } from '../doctor/checkSetup';
import { recallTest } from '../doctor/recallTest';
import { connectClaudeCode, disconnectClaudeCode } from '../connect/connectCommands';
import { chooseEngine } from '../engines/chooseEngine';
import { showCostReport } from '../engines/costReportCommand';
import { removeKey } from '../engines/removeKey';
import { testEngineCommand } from '../engines/testEngine';
import { shellCommands } from '../ids';
import { acceptAttachedMemory } from '../recall/acceptAttached';
import { copyToStore } from '../recall/copyToStore';
import { installMcpServer, removeMcpServer } from '../tools/installServer';
import { showImpact } from '../recall/impactCommand';
import { allowSecret } from '../secrets/allowSecret';
import { searchMemory } from '../search/searchMemory';
import { searchSessions } from '../search/searchSessions';
import { findSecretsCommand } from '../secrets/findSecretsCommand';
import type { Shell } from '../shell';
import { adoptSessions } from './adoptSessions';
import { captureCommand } from './captureCommand';
import { changeSchedule } from './changeSchedule';
import { cancelDream, dreamNow, dreamSelectedSessions, dreamWithInstructions } from './dreamCommands';
import { explainCandidates } from './explainCandidates';
import { forgetEverything } from './forgetEverything';
import { archiveMemory, keepOutside, restoreMemory, revertOutside } from './memoryCommands';
import { rollBackStore, verifyJournalCommand } from './historyCommands';
import { newMemory, rememberThis } from './newMemory';
import { restoreLocalData } from './restoreLocal';
import { excludeFromDreams, includeInDreams, openTranscript } from './sessionCommands';
import { takeBackLocal } from './takeBackLocal';
import { initializeMemory, openSchema, openSettings, refresh, showLog, showMenu } from './viewCommands';

interface Command {
  /** As messages name it. */
  readonly name: string;
  readonly run: (shell: Shell, args: readonly unknown[]) => Promise<void>;
}

function table(t: typeof vscode.l10n.t): Readonly<Record<keyof typeof shellCommands, Command>> {
  return {
    acceptAttached: { name: t('Accept Attached Memory'), run: acceptAttachedMemory },
    adoptSessions: { name: t('Adopt Sessions from Old Path'), run: adoptSessions },
    allowSecret: { name: t('Allow a Fingerprint'), run: allowSecret },
    archiveMemory: { name: t('Archive Memory'), run: archiveMemory },
    cancelDream: { name: t('Cancel Dream'), run: cancelDream },
    captureSessions: { name: t('Capture Sessions'), run: captureCommand },
    changeSchedule: { name: t('Change Schedule'), run: changeSchedule },
    chooseEngine: { name: t('Choose Engine'), run: chooseEngine },
    connectClaudeCode: { name: t('Connect Claude Code'), run: connectClaudeCode },
    copyToStore: { name: t('Copy Memory to Attached Store'), run: copyToStore },
    costReport: { name: t('Cost Report'), run: showCostReport },
    disconnectClaudeCode: { name: t('Disconnect Claude Code'), run: disconnectClaudeCode },
    dreamNow: { name: t('Dream Now'), run: dreamNow },
    dreamSelectedSessions: { name: t('Dream Selected Sessions'), run: dreamSelectedSessions },
    dreamWithInstructions: { name: t('Dream with Instructions'), run: dreamWithInstructions },
    excludeFromDreams: { name: t('Exclude from Dreams'), run: excludeFromDreams },
    explainCandidates: { name: t('Explain Candidates'), run: explainCandidates },
    exportMemories: { name: t('Export Memories'), run: exportMemories },
    findSecrets: { name: t('Find Secrets'), run: findSecretsCommand },
    forgetEverything: { name: t('Forget Everything'), run: forgetEverything },
    importMemories: { name: t('Import Memories'), run: importMemories },
    includeInDreams: { name: t('Include in Dreams'), run: includeInDreams },
    installMcpServer: { name: t('Install MCP Server in Claude Code'), run: installMcpServer },
    initializeMemory: { name: t('Initialize Memory'), run: initializeMemory },
    keepOutsideChange: { name: t('Keep Outside Change'), run: keepOutside },
    newMemory: { name: t('New Memory'), run: newMemory },
    openSchema: { name: t('Open Schema'), run: openSchema },
    openSettings: { name: t('Open Settings'), run: openSettings },
    openTranscript: { name: t('Open Transcript'), run: openTranscript },
    refresh: { name: t('Refresh'), run: refresh },
    removeExport: { name: t('Remove Export'), run: removeExport },
    removeMcpServer: { name: t('Remove MCP Server from Claude Code'), run: removeMcpServer },
    removeKey: { name: t('Remove Key'), run: removeKey },
    rememberThis: { name: t('Remember This'), run: rememberThis },
    restoreLocal: { name: t('Restore Local Data'), run: restoreLocalData },
    restoreMemory: { name: t('Restore Memory'), run: restoreMemory },
    revertOutsideChange: { name: t('Revert Outside Change'), run: revertOutside },
    rollBackStore: { name: t('Roll Back Store'), run: rollBackStore },
    checkMemorySetup: { name: t('Check Memory Setup'), run: checkSetup },
    recallTest: { name: t('Recall Test'), run: recallTest },
    showImpact: { name: t('Impact'), run: showImpact },
    searchMemory: { name: t('Search Memory'), run: searchMemory },
    searchSessions: { name: t('Search Sessions'), run: searchSessions },
    showLog: { name: t('Show Log'), run: showLog },
    showMenu: { name: t('Show Actions'), run: showMenu },
    takeBackLocal: { name: t('Take Back What Was Set Aside'), run: takeBackLocal },
    testEngine: { name: t('Test Engine Connection'), run: testEngineCommand },
    verifyJournal: { name: t('Verify Journal'), run: verifyJournalCommand },
  };
}

/** Registers the commands of the shell; each runs under the one error handler. */
export function registerCommands(shell: Shell): vscode.Disposable {
  const commands = table(vscode.l10n.t);
  const registered = Object.entries(shellCommands).map(([key, id]) => {
    const { name, run } = commands[key as keyof typeof shellCommands];
    return vscode.commands.registerCommand(id, (...args: readonly unknown[]) =>
      shell.app.runCommand(name, () => run(shell, args)),
    );
  });
  return vscode.Disposable.from(...registered);
}
