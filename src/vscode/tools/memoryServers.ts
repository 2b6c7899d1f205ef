import * as vscode from 'vscode';
import { version } from '../../../package.json';
import type { App } from '../app';

interface MemoryServers {
  dispose(): void;
  /** A server for each folder with a memory; none in a workspace that is not trusted. */
  list(): Promise<vscode.McpStdioServerDefinition[]>;
  readonly onDidChange: vscode.Event<void>;
}

/** The servers that the editor may start for its agents. The program is the one that runs this. */
export function memoryServers(app: App): MemoryServers {
  const changed = new vscode.EventEmitter<void>();
  const program = vscode.Uri.joinPath(app.extensionUri, 'dist', 'mcp.js').fsPath;
  let known = '';
  const list = async (): Promise<vscode.McpStdioServerDefinition[]> => {
    if (!app.trusted()) return [];
    const found = await Promise.all(app.folders.map(async (folder) => ((await folder.initialized()) ? [folder] : [])));
    const folders = found.flat();
    known = folders.map(({ id }) => id).join();
    return folders.map((folder) => {
      const label = app.folders.length === 1 ? 'Agent Dreams' : `Agent Dreams: ${folder.name}`;
      const args = [program, '--root', folder.uri.fsPath];
      const server = new vscode.McpStdioServerDefinition(
        label,
        process.execPath,
        args,
        { ELECTRON_RUN_AS_NODE: '1' },
        version,
      );
      server.cwd = folder.uri;
      return server;
    });
  };
  /** The editor asks again only where a folder got a memory, or lost it. */
  const look = async (): Promise<void> => {
    const before = known;
    await list();
    if (known !== before) changed.fire();
  };
  let watching: readonly vscode.Disposable[] = [];
  const watch = (): void => {
    watching.forEach((one) => void one.dispose());
    watching = app.folders.map((folder) => folder.onDidChange(() => void look().catch(() => undefined)));
  };
  watch();
  const followed = [
    app.onDidChangeFolders(() => {
      watch();
      changed.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  ];
  return {
    list,
    onDidChange: changed.event,
    dispose: () => [changed, ...followed, ...watching].forEach((one) => void one.dispose()),
  };
}
