import * as vscode from 'vscode';
import { redactingLogger } from '../core/boundary/redactingLogger';
import type { Logger } from '../core/ports';
import { createClock } from '../node/clock';
import { createProbeCache } from '../node/logs/probeCache';
import type { App } from './app';
import { Background } from './background';
import { CaptureService } from './capture/captureService';
import { registerCommands } from './commands/registerCommands';
import { ConnectService } from './connect/connectService';
import { createProblemReporter } from './config/reportProblems';
import { createSettings, type Settings } from './config/settings';
import { DreamService } from './dream/dreamService';
import { registerDoctorReports } from './doctor/checkSetup';
import { registerExplanations } from './dream/explanation';
import { registerCostReports } from './engines/costReportCommand';
import { Engines } from './engines/engines';
import type { Surface } from './entry';
import { runCommand } from './errors/runCommand';
import { offerAcceptance, tellForeign } from './folders/acceptance';
import { Folders } from './folders/folders';
import { MirrorService } from './folders/mirrorService';
import { createLogger } from './logger';
import { Overview } from './overview';
import { registerImpactReports } from './recall/impactCommand';
import { AttachedStores } from './recall/attachedStores';
import { RecallService } from './recall/recallService';
import { ChangePreviews } from './preview/changePreviews';
import { registerReview } from './review/registerReview';
import { registerSecretReport } from './secrets/secretReportDocument';
import { createWindowRedaction, type WindowRedaction } from './secrets/windowRedaction';
import { createScheduledStore } from './schedule/scheduledStore';
import { ScheduleRunner } from './schedule/scheduleRunner';
import type { Shell } from './shell';
import { Window } from './window';
import { createAgentOffers } from './tools/agentOffers';
import { createTranscriptFiles } from './transcript/transcriptFiles';
import { createMemoryTree } from './views/memoryView';
import { createSessionsTree } from './views/sessionsView';

/** The read-only documents: reports, explanations, captured sessions. */
function registerDocuments(shell: Shell): vscode.Disposable {
  const transcripts = createTranscriptFiles(shell.app);
  shell.app.serveFiles('session', transcripts);
  return vscode.Disposable.from(
    transcripts,
    registerSecretReport(),
    registerExplanations(shell.app),
    registerCostReports(shell),
    registerDoctorReports(shell),
    registerImpactReports(shell.app),
  );
}

interface FolderSources {
  readonly context: vscode.ExtensionContext;
  readonly logger: Logger;
  readonly trusted: () => boolean;
  readonly settings: Settings;
  readonly engines: Engines;
  readonly redaction: WindowRedaction;
}

function openFolders({ context, logger, trusted, settings, engines, redaction }: FolderSources): Folders {
  return new Folders({
    logger,
    trusted,
    storage: context.globalStorageUri.fsPath,
    secrets: () => settings.current().secrets,
    ownKeys: () => engines.key.exactValues(),
    findings: () => settings.current().findings,
    follow: (folder, redactor) => redaction.follow(folder, redactor),
    foreign: tellForeign,
  });
}

/**
 * Builds the application on what activation registered: real commands for the placeholders, data for the views, then,
 * without anybody waiting for it, the background work.
 */
export function startApp(surface: Surface): void {
  const { context } = surface;
  const own = <T extends { dispose(): unknown }>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const channel = own(vscode.window.createOutputChannel('Agent Dreams', { log: true }));
  const redaction = createWindowRedaction(() => engines.key.exactValues());
  const redact = (text: string): string => redaction.redact(text);
  const logger = redactingLogger(createLogger(channel), redact);
  const settings = own(createSettings(createProblemReporter(logger)));
  const engines = new Engines(context, settings);
  const trusted = (): boolean => vscode.workspace.isTrusted;
  const folders = own(openFolders({ context, logger, trusted, settings, engines, redaction }));
  const app: App = {
    get folders() {
      return folders.all;
    },
    onDidChangeFolders: folders.onDidChange,
    folder: (id) => folders.byId(id),
    pickFolder: () => folders.pick(),
    logger,
    serveFiles: (scheme, files) => surface.files[scheme].attach(files),
    runCommand: (name, work) => runCommand({ logger, redact }, name, work),
    settings,
    extensionUri: context.extensionUri,
    trusted,
  };
  const clock = createClock();
  const probes = createProbeCache();
  const capture = own(new CaptureService({ settings, logger, trusted, probes }));
  const dreams = own(new DreamService({ settings, capture, engines, logger, trusted }));
  const overview = own(new Overview(app, probes));
  const attached = own(new AttachedStores({ app, clock, storage: context.globalStorageUri.fsPath }));
  const recall = own(new RecallService({ app, clock, attached }));
  const connect = own(new ConnectService({ app, context, clock, recall }));
  const memory = createMemoryTree(app, attached, () => surface.memoryView.visible);
  own(attached.onDidChange(() => memory.refresh()));
  own(recall.onDidChangeText(() => memory.refresh()));
  const sessions = createSessionsTree(app, () => surface.sessionsView.visible);
  const schedule = own(
    new ScheduleRunner({
      clock,
      logger,
      plan: () => settings.current().schedule,
      stores: () => app.folders.map((folder) => createScheduledStore(folder, app, dreams)),
      changed: () => window.show(),
    }),
  );
  const shell: Shell = {
    app,
    context,
    channel,
    clock,
    capture,
    dreams,
    engines,
    attached,
    recall,
    connect,
    previews: own(new ChangePreviews(app)),
    keyChanged: () => redaction.refresh(),
    folderContaining: (uri) => folders.containing(uri),
    refresh: () => window.refresh(),
  };
  const background = own(new Background(shell));
  const window = own(
    new Window({ shell, overview, schedule, background, trees: [memory, sessions], item: surface.status }),
  );

  surface.releaseCommands();
  own(registerCommands(shell));
  own(registerReview(app));
  own(registerDocuments(shell));
  surface.memory.attach(memory);
  surface.sessions.attach(sessions);
  surface.offers.attach(own(createAgentOffers(app, attached.source)));
  own(new MirrorService(shell));
  void window.start();
  void app.runCommand(vscode.l10n.t('Changed outside'), () => offerAcceptance(app));
}
