/**
 * Every id that `package.json` and the code share. A test compares the two both ways.
 * This file is part of the activation bundle: constants only, no imports.
 */

/** Commands of the shell: capture, dream, store, schedule and views. */
export const shellCommands = {
  acceptAttached: 'agentDreams.acceptAttached',
  adoptSessions: 'agentDreams.adoptSessions',
  allowSecret: 'agentDreams.allowSecret',
  archiveMemory: 'agentDreams.archiveMemory',
  cancelDream: 'agentDreams.cancelDream',
  captureSessions: 'agentDreams.captureSessions',
  changeSchedule: 'agentDreams.changeSchedule',
  checkMemorySetup: 'agentDreams.checkMemorySetup',
  chooseEngine: 'agentDreams.chooseEngine',
  connectClaudeCode: 'agentDreams.connectClaudeCode',
  copyToStore: 'agentDreams.copyToStore',
  costReport: 'agentDreams.costReport',
  disconnectClaudeCode: 'agentDreams.disconnectClaudeCode',
  dreamNow: 'agentDreams.dreamNow',
  dreamSelectedSessions: 'agentDreams.dreamSelectedSessions',
  dreamWithInstructions: 'agentDreams.dreamWithInstructions',
  excludeFromDreams: 'agentDreams.excludeFromDreams',
  explainCandidates: 'agentDreams.explainCandidates',
  exportMemories: 'agentDreams.exportMemories',
  findSecrets: 'agentDreams.findSecrets',
  forgetEverything: 'agentDreams.forgetEverything',
  importMemories: 'agentDreams.importMemories',
  includeInDreams: 'agentDreams.includeInDreams',
  initializeMemory: 'agentDreams.initializeMemory',
  installMcpServer: 'agentDreams.installMcpServer',
  keepOutsideChange: 'agentDreams.keepOutsideChange',
  newMemory: 'agentDreams.newMemory',
  openSchema: 'agentDreams.openSchema',
  openSettings: 'agentDreams.openSettings',
  openTranscript: 'agentDreams.openTranscript',
  recallTest: 'agentDreams.recallTest',
  refresh: 'agentDreams.refresh',
  removeExport: 'agentDreams.removeExport',
  removeKey: 'agentDreams.removeKey',
  removeMcpServer: 'agentDreams.removeMcpServer',
  rememberThis: 'agentDreams.rememberThis',
  restoreLocal: 'agentDreams.restoreLocal',
  restoreMemory: 'agentDreams.restoreMemory',
  revertOutsideChange: 'agentDreams.revertOutsideChange',
  rollBackStore: 'agentDreams.rollBackStore',
  showImpact: 'agentDreams.showImpact',
  searchMemory: 'agentDreams.searchMemory',
  searchSessions: 'agentDreams.searchSessions',
  showLog: 'agentDreams.showLog',
  showMenu: 'agentDreams.showMenu',
  takeBackLocal: 'agentDreams.takeBackLocal',
  testEngine: 'agentDreams.testEngine',
  verifyJournal: 'agentDreams.verifyJournal',
} as const;

/**
 * Commands of the review, registered by `registerReview`. Every id listed here has a placeholder from activation on
 * that loads the application, which then registers the real one.
 */
export const reviewCommands = {
  acceptAll: 'agentDreams.acceptAll',
  acceptChange: 'agentDreams.acceptChange',
  acceptHunk: 'agentDreams.acceptHunk',
  acceptSkill: 'agentDreams.acceptSkill',
  compareWithBase: 'agentDreams.compareWithBase',
  exportSkill: 'agentDreams.exportSkill',
  nextChange: 'agentDreams.nextChange',
  openChange: 'agentDreams.openChange',
  rejectAll: 'agentDreams.rejectAll',
  rejectChange: 'agentDreams.rejectChange',
  rejectHunk: 'agentDreams.rejectHunk',
  rejectSkill: 'agentDreams.rejectSkill',
  removeHidden: 'agentDreams.removeHiddenCharacters',
  reviewAgainstCurrent: 'agentDreams.reviewAgainstCurrent',
  reviewAll: 'agentDreams.reviewAll',
  showInSession: 'agentDreams.showInSession',
  showWhy: 'agentDreams.showWhy',
  undoLastDecision: 'agentDreams.undoLastDecision',
} as const;

/** Schemes of virtual files: the sides of a review, captured sessions, what a dream considered, what dreams cost, what would be written to files of other tools. Only drafts can be edited. */
export const fileSchemes = {
  current: 'agent-dreams-current',
  proposed: 'agent-dreams-proposed',
  base: 'agent-dreams-base',
  session: 'agent-dreams-session',
  skill: 'agent-dreams-skill',
  explain: 'agent-dreams-explain',
  costs: 'agent-dreams-costs',
  doctor: 'agent-dreams-doctor',
  preview: 'agent-dreams-preview',
  impact: 'agent-dreams-impact',
} as const;

/** Tree views, in the order they are shown. */
export const views = {
  proposals: 'agentDreams.proposals',
  memory: 'agentDreams.memory',
  sessions: 'agentDreams.sessions',
} as const;

/** The activity bar container; `workbench.view.extension.<id>` reveals it. */
export const viewContainer = 'agentDreams';

/** The one status bar item; its id is what a user hides. */
export const statusItem = 'agentDreams.status';

export const walkthrough = 'agentDreams.firstDream';

/** Context keys that `when` clauses of the manifest use. */
export const contextKeys = {
  /** The application is loaded and has looked at the folders once: before that no empty state is claimed. */
  ready: 'agentDreams.ready',
  /** At least one folder has a store. */
  initialized: 'agentDreams.initialized',
  /** At least one captured session. */
  hasSessions: 'agentDreams.hasSessions',
  /** Logs of this workspace exist, captured or not. */
  hasLogs: 'agentDreams.hasLogs',
  /** At least one dream was completed. */
  hasDreams: 'agentDreams.hasDreams',
  /** A dream runs in this window. */
  dreaming: 'agentDreams.dreaming',
  /** Something waits for review. */
  pending: 'agentDreams.pending',
  /** A folder has a memory, and no session of Claude Code is told of it. */
  unconnected: 'agentDreams.unconnected',
  /** The active multi-diff editor shows proposed changes. */
  reviewOpen: 'agentDreams.reviewOpen',
} as const;

/** Tools that models of the editor may call. */
export const languageTools = {
  searchMemory: 'agent-dreams_search_memory',
  readMemory: 'agent-dreams_read_memory',
  listMemories: 'agent-dreams_list_memories',
  proposeMemory: 'agent-dreams_propose_memory',
} as const;

/** Offers the memory server to agents of the editor. */
export const mcpProvider = 'agentDreams.memory';

/** Settings, without the `agentDreams.` prefix. */
export const settingKeys = {
  captureEnabled: 'capture.enabled',
  captureLogFolders: 'capture.logFolders',
  capturePathMaps: 'capture.pathMaps',
  captureExcludePaths: 'capture.excludePaths',
  captureExcludeEntrypoints: 'capture.excludeEntrypoints',
  captureMaxSizeMb: 'capture.maxSizeMb',
  claudeBaseUrl: 'claude.baseUrl',
  claudeConsolidateModel: 'claude.consolidateModel',
  claudeExtractModel: 'claude.extractModel',
  claudePrices: 'claude.prices',
  claudeCodePath: 'claudeCode.path',
  dreamMaxCostUsd: 'dream.maxCostUsd',
  dreamMinSessions: 'dream.minSessions',
  findingsAuthor: 'findings.author',
  findingsShare: 'findings.share',
  engine: 'engine',
  recallMaxTokens: 'recall.maxTokens',
  recallPathRules: 'recall.pathRules',
  recallSubagents: 'recall.subagents',
  reviewCodeLens: 'review.codeLens',
  scheduleCadence: 'schedule.cadence',
  scheduleTimeOfDay: 'schedule.timeOfDay',
  scheduleWeekday: 'schedule.weekday',
  secretsAllow: 'secrets.allow',
  secretsRules: 'secrets.rules',
  statusBarEnabled: 'statusBar.enabled',
  stores: 'stores',
  trustGit: 'trustGit',
  vscodeLmModel: 'vscodeLm.model',
} as const;

export const settingsSection = 'agentDreams';
