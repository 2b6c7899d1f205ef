import { describe, expect, it } from 'vitest';
import { createClaudeModel } from '../../../../src/engines/claude/claudeModel';

describe('the client', () => {
  const create = (apiKey: string, baseUrl?: string) => () =>
    createClaudeModel({ apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) });

  it('refuses a key that no header could carry, without repeating it', () => {
    for (const key of ['', '  ', 'two words', 'a\nb', 'schlüssel']) {
      expect(create(key)).toThrow(expect.objectContaining({ code: 'model-key' }));
      if (key.trim() !== '') expect(create(key)).not.toThrow(key);
    }
    expect(create(' pasted-with-spaces\n')).not.toThrow();
  });

  it('sends a key only over https, or to this machine', () => {
    for (const url of [
      'https://gateway.example/anthropic',
      'http://127.0.0.1:8080',
      'http://localhost',
      'http://[::1]:9',
    ]) {
      expect(create('key', url)).not.toThrow();
    }
    for (const url of [
      'http://gateway.example',
      'ftp://example',
      'example',
      '',
      'https://me:word@example',
      'https://a/?b=c',
    ]) {
      expect(create('key', url)).toThrow(expect.objectContaining({ code: 'invalid-setting' }));
    }
  });
});
