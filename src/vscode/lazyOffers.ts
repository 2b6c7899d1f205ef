import * as vscode from 'vscode';
import { languageTools, mcpProvider } from './ids';

/** What agents of the editor are offered, once the application is loaded. */
export interface AgentOffers {
  /** Answers a call of a tool, by the name it has in the memory. */
  invoke(tool: keyof typeof languageTools, input: unknown): Promise<vscode.LanguageModelToolResult>;
  /** What the user is asked before. */
  prepare(tool: keyof typeof languageTools, input: unknown): vscode.PreparedToolInvocation | undefined;
  servers(): Promise<vscode.McpStdioServerDefinition[]>;
  readonly onDidChangeServers: vscode.Event<void>;
}

/** Tools and servers that exist before what answers them does. Part of the activation bundle. */
export class LazyOffers {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #load: () => void;
  #real: AgentOffers | undefined;

  /** `load` is expected to call `attach` before it returns. */
  constructor(load: () => void) {
    this.#load = load;
  }

  attach(real: AgentOffers): void {
    this.#real = real;
    real.onDidChangeServers(() => this.#changed.fire());
    this.#changed.fire();
  }

  /** Registers everything; an editor that is built on an older one may know neither. */
  register(): vscode.Disposable {
    const { lm } = vscode as { lm?: Partial<typeof vscode.lm> };
    const parts: { dispose(): unknown }[] = [this.#changed];
    for (const [tool, name] of Object.entries(languageTools) as [keyof typeof languageTools, string][]) {
      const registered = lm?.registerTool?.(name, {
        invoke: ({ input }) => this.#offers().invoke(tool, input),
        prepareInvocation: ({ input }) => this.#offers().prepare(tool, input),
      });
      if (registered !== undefined) parts.push(registered);
    }
    const provider = lm?.registerMcpServerDefinitionProvider?.(mcpProvider, {
      onDidChangeMcpServerDefinitions: this.#changed.event,
      provideMcpServerDefinitions: () => this.#offers().servers(),
    });
    if (provider !== undefined) parts.push(provider);
    return vscode.Disposable.from(...parts);
  }

  #offers(): AgentOffers {
    if (this.#real === undefined) this.#load();
    if (this.#real === undefined) throw new Error('Agent Dreams could not be loaded.');
    return this.#real;
  }
}
