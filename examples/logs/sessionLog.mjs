// Writes one session in the log format of Claude Code 2.1.329, field by field as in test/fixtures/claude-code-2.1.329.
// What the client itself says to the model is left out, as it is there.
import { identifiers } from './random.mjs';

const version = '2.1.329';
const model = 'claude-opus-5-5';
const left = '[omitted: Claude Code prompt text]';
const refused = "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). ";

/** One conversation being written. Every method appends lines; `lines` holds them, `subagents` what goes beside the log. */
export class SessionLog {
  lines = [];
  subagents = [];

  #ids;
  #time;
  #parent = null;
  #promptId;
  #prompts = 0;
  #lastPrompt = '';
  #turnStart = 0;
  #messages = 0;
  #tools = new Set();
  #usage = { input: 0, output: 0, cached: 0 };
  #context = 14_000;

  /** `start` is ISO; `cwd` is what decides who owns the session. */
  constructor({ name, start, cwd, branch = 'main', entrypoint = 'cli', instructions }) {
    this.#ids = identifiers(name);
    this.id = this.#ids.uuid();
    this.#time = Date.parse(start);
    this.start = this.#time;
    this.common = { userType: 'external', entrypoint, cwd, sessionId: this.id, version, gitBranch: branch };
    this.instructions = instructions;
  }

  /** What a person types. */
  prompt(text, { gap = 45 } = {}) {
    this.#wait(this.#prompts === 0 ? 0 : gap);
    this.#sideRecords();
    this.#promptId = this.#ids.uuid();
    this.#prompts += 1;
    this.#lastPrompt = text;
    this.#turnStart = this.#time;
    const uuid = this.#ids.uuid();
    this.#raw({
      type: 'file-history-snapshot',
      messageId: uuid,
      snapshot: { messageId: uuid, trackedFileBackups: {}, timestamp: this.#iso() },
      isSnapshotUpdate: false,
    });
    const typed = this.common.entrypoint === 'cli';
    this.#chained(
      {
        promptId: this.#promptId,
        type: 'user',
        message: { role: 'user', content: text },
        uuid,
        timestamp: this.#iso(),
        permissionMode: 'default',
        origin: { kind: 'human' },
        promptSource: typed ? 'typed' : 'sdk',
        turnOrigin: typed ? 'human' : 'sdk',
        turnPosition: { promptIndex: this.#prompts, turnIndex: this.#prompts },
      },
    );
    if (this.#prompts === 1) this.#opening();
  }

  /** What the agent says; more blocks of the same message may follow through `calls`. */
  say(text) {
    this.#wait(3);
    this.#assistant(this.#ids.message(), [{ type: 'text', text }], 'end_turn');
  }

  /** The agent runs a command; `said` is the text before it in the same message. */
  bash(command, description, outcome, said) {
    const result = outcome.exit
      ? { text: `Exit code ${outcome.exit}\n${outcome.output}`, failed: true }
      : { text: outcome.output, structured: { stdout: outcome.output, stderr: '', interrupted: false, isImage: false, noOutputExpected: false } };
    this.#call('Bash', { command, description }, result, said);
  }

  read(path, content, said) {
    const file_path = `${this.common.cwd}/${path}`;
    const lines = content.split('\n');
    const text = lines.map((line, index) => `${index + 1}\t${line}`).join('\n');
    const file = { filePath: file_path, content, numLines: lines.length, startLine: 1, totalLines: lines.length };
    this.#call('Read', { file_path }, { text, structured: { type: 'text', file } }, said);
  }

  edit(path, before, after, said) {
    const file_path = `${this.common.cwd}/${path}`;
    const structured = {
      filePath: file_path,
      oldString: before,
      newString: after,
      structuredPatch: [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: [`-${before}`, `+${after}`] }],
      userModified: false,
      replaceAll: false,
    };
    const text = `The file ${file_path} has been updated successfully. (file state is current in your context — no need to Read it back)`;
    this.#call('Edit', { replace_all: false, file_path, old_string: before, new_string: after }, { text, structured }, said);
  }

  write(path, content, said) {
    const file_path = `${this.common.cwd}/${path}`;
    const structured = { type: 'create', filePath: file_path, content, structuredPatch: [], originalFile: null };
    const text = `File created successfully at: ${file_path} (file state is current in your context — no need to Read it back)`;
    this.#call('Write', { file_path, content }, { text, structured }, said);
  }

  /** The person refuses a command, with words (the agent goes on) or without (the turn ends). */
  deny(command, description, reason, said) {
    const words = reason === undefined
      ? 'STOP what you are doing and wait for the user to tell you how to proceed.'
      : `To tell you how to proceed, the user said:\n${reason}`;
    const text = refused + words;
    this.#call('Bash', { command, description }, {
      text,
      failed: true,
      denied: true,
      structured: reason === undefined ? 'User rejected tool use' : `Error: ${text}`,
    }, said);
    if (reason !== undefined) return;
    this.#userBlocks([{ type: 'text', text: '[Request interrupted by user for tool use]' }]);
  }

  interrupt() {
    this.#wait(2);
    this.#userBlocks([{ type: 'text', text: '[Request interrupted by user]' }]);
  }

  /** Typed while the agent works: such a prompt has no user line of its own. */
  queued(text) {
    this.#wait(4);
    const record = { type: 'queue-operation', operation: 'enqueue', timestamp: this.#iso(), sessionId: this.id, content: text };
    this.#raw(record);
    this.#wait(6);
    this.#attachment({ type: 'queued_command', prompt: text, commandMode: 'prompt', origin: { kind: 'human' }, timestamp: this.#iso() });
    this.#raw({ ...record, operation: 'remove', timestamp: this.#iso() });
  }

  /** `!command` in the prompt line: the person ran it, the agent sees it. */
  bashMode(command, stdout) {
    this.#wait(20);
    this.#machineText(`<bash-input>${command}</bash-input>`);
    this.#machineText(`<bash-stdout>${stdout}</bash-stdout><bash-stderr></bash-stderr>`);
  }

  compact(summary, trigger = 'auto') {
    this.#wait(5);
    const anchor = this.#ids.uuid();
    const kept = this.#parent;
    const logicalParentUuid = this.#parent;
    this.#parent = null;
    this.#chained({
      logicalParentUuid,
      type: 'system',
      subtype: 'compact_boundary',
      content: 'Conversation compacted',
      level: 'info',
      compactMetadata: {
        trigger,
        preTokens: 168_204,
        postTokens: 3_411,
        cumulativeDroppedTokens: 164_793,
        durationMs: 41_202,
        preservedSegment: { headUuid: kept, anchorUuid: anchor, tailUuid: kept },
        preservedMessages: { anchorUuid: anchor, uuids: [kept], allUuids: [kept] },
      },
      uuid: this.#ids.uuid(),
      timestamp: this.#iso(),
    });
    this.#chained({
      promptId: this.#promptId,
      type: 'user',
      message: { role: 'user', content: `This session is being continued from a previous conversation that ran out of context. The summary below covers the earlier portion of the conversation.\n\nSummary:\n${summary}` },
      isVisibleInTranscriptOnly: true,
      isCompactSummary: true,
      uuid: anchor,
      timestamp: this.#iso(),
    });
  }

  /** The agent hands a task to a subagent, which works in its own file and reports back. */
  subagent({ type, description, task, work, result }) {
    const agentId = this.#ids.agent();
    const toolUseId = this.#call('Agent', { description, prompt: task, subagent_type: type }, {
      text: [{ type: 'text', text: 'Async agent launched successfully. [boilerplate omitted]' }],
      structured: { isAsync: true, status: 'async_launched', agentId, description, resolvedModel: model, prompt: task, canReadOutputFile: true },
    });
    const side = new SessionLog({ name: agentId, start: this.#iso(), cwd: this.common.cwd });
    side.common = { ...this.common };
    side.id = this.id;
    side.#chain = { isSidechain: true, agentId };
    side.#promptId = this.#promptId;
    side.#chained({ promptId: this.#promptId, type: 'user', message: { role: 'user', content: task }, uuid: side.#ids.uuid(), timestamp: side.#iso() });
    work(side);
    side.say(result);
    this.subagents.push({
      name: `agent-${agentId}`,
      lines: side.lines,
      meta: { agentType: type, isBuiltIn: true, description, toolUseId, spawnDepth: 1, requestShape: 'background', model, finished: true },
    });
    this.#time = side.#time;
    this.#notify(agentId, toolUseId, description, result);
  }

  title(customTitle) {
    this.#raw({ type: 'custom-title', customTitle, sessionId: this.id });
    this.#raw({ type: 'agent-name', agentName: customTitle, sessionId: this.id });
  }

  endTurn() {
    this.#chained({
      type: 'system',
      subtype: 'turn_duration',
      durationMs: this.#time - this.#turnStart,
      messageCount: this.#messages,
      timestamp: this.#iso(),
      uuid: this.#ids.uuid(),
      isMeta: false,
    });
  }

  close() {
    this.#sideRecords();
    const { input, output, cached } = this.#usage;
    const costUSD = Number(((input * 5 + output * 25 + cached * 0.5) / 1e6).toFixed(6));
    this.#raw({
      type: 'cost-state',
      sessionId: this.id,
      totalCostUSD: costUSD,
      totalDuration: this.#time - this.start,
      startTime: this.start,
      modelUsage: { [model]: { inputTokens: input, outputTokens: output, thinkingTokens: 0, cacheReadInputTokens: cached, cacheCreationInputTokens: 0, webSearchRequests: 0, costUSD } },
      hasUnknownModelCost: false,
    });
  }

  #chain = { isSidechain: false };

  #call(name, input, result, said) {
    const id = this.#ids.tool();
    this.#wait(4);
    if (!this.#tools.has(name)) {
      this.#tools.add(name);
      this.#raw({ type: 'tools-used', tools: [...this.#tools], sessionId: this.id });
    }
    const blocks = said === undefined ? [] : [{ type: 'text', text: said }];
    const source = this.#assistant(this.#ids.message(), [...blocks, { type: 'tool_use', id, name, input }], 'tool_use');
    this.#wait(name === 'Bash' ? 8 : 1);
    const block = result.failed
      ? { type: 'tool_result', content: result.text, is_error: true, tool_use_id: id }
      : { tool_use_id: id, type: 'tool_result', content: result.text, ...(name === 'Bash' ? { is_error: false } : {}) };
    this.#userBlocks([block], {
      toolUseResult: result.structured ?? `Error: ${result.text}`,
      ...(result.denied ? { toolDenialKind: 'user-rejected', toolDenialBeforeRun: true } : {}),
      sourceToolAssistantUUID: source,
      ...(result.denied ? {} : { permissionDecision: { decision: 'accept', source: 'config', reasonType: 'rule' } }),
    });
    return id;
  }

  #assistant(id, blocks, stop_reason) {
    const requestId = this.#ids.request();
    this.#context += 180 + this.#ids.below(400);
    const output_tokens = 30 + this.#ids.below(260);
    this.#usage.input += 400;
    this.#usage.output += output_tokens;
    this.#usage.cached += this.#context;
    for (const [apiBlockIndex, block] of blocks.entries()) {
      this.#chained({
        message: {
          id,
          type: 'message',
          role: 'assistant',
          model,
          content: [block],
          stop_reason,
          stop_sequence: null,
          usage: { input_tokens: 400, cache_creation_input_tokens: 0, cache_read_input_tokens: this.#context, output_tokens, service_tier: 'standard' },
        },
        apiBlockIndex,
        requestId,
        requestedModel: model,
        type: 'assistant',
        uuid: this.#ids.uuid(),
        timestamp: this.#iso(),
        effort: 'medium',
        madeBy: 'model',
      });
    }
    return this.#parent;
  }

  #userBlocks(content, rest = {}) {
    this.#chained({ promptId: this.#promptId, type: 'user', message: { role: 'user', content }, uuid: this.#ids.uuid(), timestamp: this.#iso(), ...rest });
  }

  #machineText(content, rest = {}) {
    this.#chained({ promptId: this.#promptId, type: 'user', message: { role: 'user', content }, uuid: this.#ids.uuid(), timestamp: this.#iso(), ...rest });
  }

  #notify(agentId, toolUseId, description, result) {
    const content = `<task-notification>\n<task-id>${agentId}</task-id>\n<tool-use-id>${toolUseId}</tool-use-id>\n<status>completed</status>\n<summary>Agent "${description}" finished</summary>\n<result>${result}</result>\n</task-notification>`;
    const record = { type: 'queue-operation', operation: 'enqueue', timestamp: this.#iso(), sessionId: this.id, content };
    this.#raw(record);
    this.#raw({ type: 'queue-operation', operation: 'dequeue', timestamp: this.#iso(), sessionId: this.id });
    this.#machineText(content, {
      permissionMode: 'default',
      origin: { kind: 'task-notification', producer: 'session-task' },
      promptSource: 'system',
      turnOrigin: 'task_notification',
    });
  }

  /** What the client writes after the first prompt. */
  #opening() {
    const text = { rendered: [{ content: left }], renderedRole: 'system' };
    this.#attachment({ type: 'environment', snapshot: { omitted: true } }, text);
    this.#attachment({ type: 'model', identity: { omitted: true }, text: left }, text);
    this.#attachment({ type: 'skill_listing', content: left, skillCount: 2, isInitial: true, names: [left] }, text);
    if (this.instructions) {
      const file = { path: `${this.common.cwd}/CLAUDE.md`, type: 'Project', content: this.instructions };
      this.#attachment({ type: 'instructions', files: [file] }, { rendered: [{ content: left }], renderedRole: 'user' });
    }
    this.#attachment({ type: 'session_context', context: { omitted: true } }, text);
    this.#attachment({ type: 'date', date: this.#iso().slice(0, 10) }, text);
    this.#attachment({ type: 'prompt_snapshot', systemPrompt: [left], contextRendering: 'announced' });
  }

  #attachment(attachment, rest = {}) {
    this.#chained({ attachment, type: 'attachment', uuid: this.#ids.uuid(), timestamp: this.#iso(), ...rest });
  }

  /** Repeated by the client every so often; the last one counts. */
  #sideRecords() {
    if (this.#prompts > 0) this.#raw({ type: 'last-prompt', lastPrompt: this.#lastPrompt, leafUuid: this.#parent, sessionId: this.id });
    this.#raw({ type: 'mode', mode: 'normal', sessionId: this.id });
    this.#raw({ type: 'permission-mode', permissionMode: 'default', sessionId: this.id });
  }

  #chained(line) {
    this.#raw({ parentUuid: this.#parent, ...this.#chain, ...line, ...this.common });
    this.#parent = line.uuid;
    this.#messages += 1;
  }

  #raw(line) {
    this.lines.push(JSON.stringify(line));
  }

  #iso() {
    return new Date(this.#time).toISOString();
  }

  #wait(seconds) {
    this.#time += seconds * 1000 + this.#ids.below(900);
  }
}
