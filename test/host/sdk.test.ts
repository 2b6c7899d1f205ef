import assert from 'node:assert/strict';
import Module from 'node:module';
import * as vscode from 'vscode';

const EXTENSION = 'agent-dreams.agent-dreams';

describe('the Anthropic SDK', () => {
  it('is not loaded by the extension, not even after the application is', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension, 'the extension is installed');
    await extension.activate();

    // Node keeps every loaded file in this table; it has no public name.
    const { _cache: cache } = Module as unknown as { readonly _cache: Record<string, unknown> };
    const own = Object.keys(cache).filter((file) => file.startsWith(extension.extensionPath));

    assert.deepEqual(
      own.filter((file) => file.includes('anthropic')),
      [],
    );
  });
});
