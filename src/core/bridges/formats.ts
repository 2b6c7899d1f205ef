import { agentsMd, claudeMd } from './agentsMd';
import { BRIDGES, type BridgeFormat, type BridgeId } from './bridge';
import { claudeMemory } from './claudeMemory';
import { codex } from './codex';
import { copilot } from './copilot';
import { cursor } from './cursor';
import { windsurf } from './windsurf';

const FORMATS: Readonly<Record<BridgeId, BridgeFormat>> = {
  'claude-memory': claudeMemory,
  'claude-md': claudeMd,
  'agents-md': agentsMd,
  copilot,
  cursor,
  windsurf,
  codex,
};

/** The format of a tool. */
export function bridgeFormat(id: BridgeId): BridgeFormat {
  return FORMATS[id];
}

/** All of them, in the order in which they are offered. */
export const bridgeFormats: readonly BridgeFormat[] = BRIDGES.map(bridgeFormat);
