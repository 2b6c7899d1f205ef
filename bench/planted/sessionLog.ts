import type { Random } from './random';
import { Chain } from './chain';
import { hexOf, uuidOf } from './random';

/** One file of a session, relative to the folder of its project below `projects/`. */
export interface LogFile {
  readonly path: string;
  readonly text: string;
}

export interface LogOptions {
  readonly id: string;
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly branch: string;
  readonly entrypoint: 'cli' | 'claude-vscode';
  readonly random: Random;
}

export interface CallOutcome {
  readonly text: string;
  /** Absent = it ended well. */
  readonly exit?: number;
}

const VERSION = '2.1.329';
const MODEL = 'claude-opus-5-5';
const REJECTED =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file).";

/**
 * Writes a session the way Claude Code 2.1.329 does: chained lines, one content block a line, results with
 * `toolUseResult`, prompts typed meanwhile as queue operations, side chains in files of their own.
 */
export class SessionLog {
  private readonly main: Chain;
  private readonly side: LogFile[] = [];
  private chain: Chain;
  private now: number;
  private turn = 0;
  private calls = 0;
  private last = '';

  constructor(readonly options: LogOptions) {
    this.main = new Chain(options.id, { isSidechain: false });
    this.chain = this.main;
    this.now = options.start;
    this.raw({ type: 'mode', mode: 'normal', sessionId: options.id });
    this.raw({ type: 'permission-mode', permissionMode: 'default', sessionId: options.id });
  }

  get random(): Random {
    return this.options.random;
  }

  /** How many prompts were typed so far. */
  get prompts(): number {
    return this.turn;
  }

  /** What a person typed and sent. */
  prompt(text: string): void {
    this.turn += 1;
    this.wait(20, 600);
    this.last = text;
    const vscode = this.options.entrypoint === 'claude-vscode';
    this.add({
      promptId: uuidOf(`${this.options.id} prompt ${this.turn}`),
      type: 'user',
      message: { role: 'user', content: vscode ? [{ type: 'text', text }] : text },
      permissionMode: 'default',
      ...(vscode ? {} : { origin: { kind: 'human' } }),
      promptSource: vscode ? 'sdk' : 'typed',
      turnOrigin: vscode ? 'sdk' : 'human',
      turnPosition: { promptIndex: this.turn, turnIndex: this.turn },
    });
  }

  /** Typed by a person, with lines of the editor that the client adds by itself. */
  promptWithSelection(text: string, file: string, selected: string): void {
    this.turn += 1;
    this.wait(20, 400);
    const lead = `<ide_selection>The user selected the lines 12 to 31 from ${this.options.cwd}/${file}:\n${selected}\n\nThis may or may not be related to the current task.</ide_selection>`;
    this.add({
      type: 'user',
      message: {
        role: 'user',
        content: [
          { type: 'text', text: lead },
          { type: 'text', text },
        ],
      },
      promptSource: this.options.entrypoint === 'cli' ? 'typed' : 'sdk',
      origin: { kind: 'human' },
    });
  }

  /** What a person typed while the agent worked; it exists as a queue operation, and in some clients once more. */
  queue(text: string): void {
    const at = this.stamp(3, 20);
    const sessionId = this.options.id;
    this.raw({ type: 'queue-operation', operation: 'enqueue', timestamp: at, sessionId, content: text });
    const way = this.random.int(0, 2);
    if (way === 0) return;
    this.raw({ type: 'queue-operation', operation: way === 1 ? 'remove' : 'dequeue', timestamp: at, sessionId });
    if (way === 1) {
      this.add({ type: 'attachment', attachment: { type: 'queued_command', prompt: text, commandMode: 'prompt' } });
    } else this.prompt(text);
  }

  /** What the agent says. */
  say(text: string): void {
    this.wait(2, 15);
    this.assistant([{ type: 'text', text }], 'end_turn');
  }

  /** A command, and what came of it. Returns the id of the line that shows the result. */
  bash(command: string, outcome: CallOutcome): string {
    const failed = outcome.exit !== undefined && outcome.exit !== 0;
    const shown = failed ? `Exit code ${outcome.exit}\n${outcome.text}` : outcome.text;
    return this.call('Bash', { command, description: describe(command) }, shown, failed, {
      stdout: outcome.text,
      stderr: '',
      interrupted: false,
      isImage: false,
      noOutputExpected: outcome.text === '',
    });
  }

  read(file: string, content: string): void {
    const numbered = content.split('\n').map((line, index) => `${String(index + 1).padStart(6)}→${line}`);
    this.call('Read', { file_path: this.absolute(file) }, numbered.join('\n'), false, {
      type: 'text',
      file: {
        filePath: this.absolute(file),
        content,
        numLines: numbered.length,
        startLine: 1,
        totalLines: numbered.length,
      },
    });
  }

  edit(file: string, before: string, after: string): void {
    const path = this.absolute(file);
    this.call(
      'Edit',
      { file_path: path, old_string: before, new_string: after, replace_all: false },
      `The file ${path} has been updated successfully.`,
      false,
      { filePath: path, oldString: before, newString: after, userModified: false, replaceAll: false },
    );
  }

  write(file: string, content: string): void {
    const path = file.startsWith('/') ? file : this.absolute(file);
    this.call('Write', { file_path: path, content }, `File created successfully at: ${path}`, false, {
      type: 'create',
      filePath: path,
      content,
    });
  }

  /** Any other tool, by name. */
  tool(name: string, input: object, result: string, failed = false): void {
    this.call(name, input, failed ? `<tool_use_error>${result}</tool_use_error>` : result, failed, result);
  }

  /** The person says no to a call, with or without a word why. */
  deny(tool: string, input: object, reason?: string): void {
    const [callId, source] = this.use(tool, input);
    const stop = ' STOP what you are doing and wait for the user to tell you how to proceed.';
    const text = `${REJECTED}${reason === undefined ? stop : ` To tell you how to proceed, the user said:\n${reason}`}`;
    this.wait(2, 60);
    this.add({
      type: 'user',
      message: { role: 'user', content: [{ type: 'tool_result', content: text, is_error: true, tool_use_id: callId }] },
      toolUseResult: reason === undefined ? 'User rejected tool use' : `Error: ${text}`,
      toolDenialKind: 'user-rejected',
      toolDenialBeforeRun: true,
      sourceToolAssistantUUID: source,
    });
    if (reason === undefined) this.interrupt(true);
  }

  /** Escape. */
  interrupt(forToolUse = false): void {
    const text = `[Request interrupted by user${forToolUse ? ' for tool use' : ''}]`;
    this.add({ type: 'user', message: { role: 'user', content: [{ type: 'text', text }] } });
  }

  /** Text of a hook or of the client's own memory, which no person typed. */
  context(text: string): void {
    this.add({
      type: 'attachment',
      attachment: { type: 'hook_additional_context', content: [text], hookName: 'SessionStart' },
      rendered: [{ content: `<system-reminder>\nSessionStart hook additional context: ${text}\n</system-reminder>` }],
      renderedRole: 'system',
    });
  }

  compact(summary: string): void {
    const from = this.chain.parent;
    this.chain.parent = null;
    this.add({
      logicalParentUuid: from,
      type: 'system',
      subtype: 'compact_boundary',
      content: 'Conversation compacted',
      level: 'info',
      compactMetadata: { trigger: 'auto', preTokens: 154_000, postTokens: 2_656 },
    });
    const lead =
      'This session is being continued from a previous conversation that ran out of context. The summary below covers the earlier portion of the conversation.';
    this.add({
      type: 'user',
      message: { role: 'user', content: `${lead}\n\nSummary:\n${summary}` },
      isVisibleInTranscriptOnly: true,
      isCompactSummary: true,
    });
  }

  /** A subagent with a file of its own. `work` writes into that file. */
  subagent(type: string, prompt: string, answer: string, work: () => void): void {
    const agentId = `a${hexOf(`${this.options.id} agent ${this.side.length}`, 16)}`;
    const [callId, source] = this.use('Task', { subagent_type: type, description: 'Look into it', prompt });
    this.chain = new Chain(`${this.options.id} ${agentId}`, { isSidechain: true, agentId });
    this.add({ type: 'user', message: { role: 'user', content: prompt } });
    work();
    this.say(answer);
    const base = `${this.options.id}/subagents/agent-${agentId}`;
    const meta = {
      agentType: type,
      description: 'Look into it',
      toolUseId: callId,
      spawnDepth: 1,
      model: MODEL,
      finished: true,
    };
    this.side.push(
      { path: `${base}.jsonl`, text: this.chain.lines.map((line) => `${line}\n`).join('') },
      { path: `${base}.meta.json`, text: JSON.stringify(meta) },
    );
    this.chain = this.main;
    this.result(callId, source, answer, false, {
      status: 'completed',
      agentId,
      content: [{ type: 'text', text: answer }],
    });
  }

  /** Ends the log and gives its files. */
  files(title: string): readonly LogFile[] {
    const sessionId = this.options.id;
    this.add({ type: 'system', subtype: 'turn_duration', durationMs: 5_940, messageCount: this.turn, isMeta: false });
    this.raw({ type: 'ai-title', aiTitle: title, sessionId });
    this.raw({ type: 'last-prompt', lastPrompt: this.last.slice(0, 200), leafUuid: this.main.parent, sessionId });
    return [{ path: `${sessionId}.jsonl`, text: this.main.lines.map((line) => `${line}\n`).join('') }, ...this.side];
  }

  private call(name: string, input: object, shown: string, failed: boolean, detail: unknown): string {
    const [callId, source] = this.use(name, input);
    this.wait(1, 40);
    return this.result(callId, source, shown, failed, failed ? `Error: ${shown}` : detail);
  }

  private use(name: string, input: object): readonly [callId: string, line: string] {
    this.wait(2, 20);
    this.calls += 1;
    const id = `toolu_${hexOf(`${this.options.id} call ${this.calls}`, 24)}`;
    return [id, this.assistant([{ type: 'tool_use', id, name, input }], 'tool_use')];
  }

  private result(callId: string, source: string, shown: string, failed: boolean, detail: unknown): string {
    const block = { tool_use_id: callId, type: 'tool_result', content: shown, is_error: failed };
    return this.add({
      type: 'user',
      message: { role: 'user', content: [block] },
      toolUseResult: detail,
      sourceToolAssistantUUID: source,
      permissionDecision: { decision: 'accept', source: 'config', reasonType: 'rule' },
    });
  }

  private assistant(content: readonly object[], stop: string): string {
    const id = `msg_${hexOf(`${this.options.id} message ${this.main.lines.length} ${this.chain.lines.length}`, 24)}`;
    const usage = {
      input_tokens: 12_000,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: 40,
    };
    return this.add({
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model: MODEL,
        content,
        stop_reason: stop,
        stop_sequence: null,
        usage,
      },
      requestId: `req_${id.slice(4)}`,
      type: 'assistant',
      madeBy: 'model',
    });
  }

  private absolute(file: string): string {
    return `${this.options.cwd}/${file}`;
  }

  private wait(low: number, high: number): void {
    this.now += this.random.int(low * 1000, high * 1000);
  }

  private stamp(low: number, high: number): string {
    this.wait(low, high);
    return new Date(this.now).toISOString();
  }

  private raw(record: object): void {
    this.main.lines.push(JSON.stringify(record));
  }

  private add(record: object): string {
    const { id, cwd, branch, entrypoint } = this.options;
    const shared = { userType: 'external', entrypoint, cwd, sessionId: id, version: VERSION, gitBranch: branch };
    return this.chain.add(record, shared, new Date(this.now).toISOString());
  }
}

function describe(command: string): string {
  return `Run ${command.split(/\s+/u)[0] ?? 'it'}`;
}
