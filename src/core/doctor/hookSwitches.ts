import type { DoctorFacts, SettingsLayer } from './facts';
import type { DoctorFinding, Severity } from './finding';
import { ifKnown, valueOf } from './known';

/** Variables with which Claude Code runs no hooks, or none of a folder. */
const NO_HOOKS = /^CLAUDE_CODE_(?:SIMPLE|SAFE_MODE)$/u;

/** Settings of Claude Code that switch hooks off, in every layer, and settings files that it cannot read. */
export function checkHookSwitches({
  settings,
  connection,
}: Pick<DoctorFacts, 'settings' | 'connection'>): readonly DoctorFinding[] {
  return ifKnown('hookSwitches', settings, (layers) => {
    const now = valueOf(connection);
    const usesHooks = now?.kind === 'connected' && now.channel === 'hooks';
    return layers.flatMap((layer) => [...fileFindings(layer, usesHooks), ...switchesOf(layer, usesHooks)]);
  });
}

function fileFindings(layer: SettingsLayer, usesHooks: boolean): readonly DoctorFinding[] {
  if (layer.state === 'read') return [];
  // With one file of the workspace unreadable, the hooks in it are gone.
  const severity = usesHooks && layer.layer === 'local' ? 'problem' : 'warning';
  const about = { file: layer.file, state: layer.state };
  return [found('settings-invalid', severity, about, { id: 'openFile', target: layer.file })];
}

function switchesOf({ layer, file, values }: SettingsLayer, usesHooks: boolean): readonly DoctorFinding[] {
  const severity: Severity = usesHooks ? 'problem' : 'warning';
  const findings: DoctorFinding[] = [];
  const fixOf = (setting: string): DoctorFinding['fix'] =>
    layer === 'managed' ? { id: 'connect' } : { id: 'removeClaudeSetting', target: file, at: setting };
  const add = (kind: 'hooks-disabled' | 'hooks-managed-only', setting: string, how: Severity): void => {
    findings.push(found(kind, how, { file, layer, setting }, fixOf(setting)));
  };
  if (values.disableAllHooks === true) add('hooks-disabled', 'disableAllHooks', severity);
  if (values.allowManagedHooksOnly === true) {
    // It counts in managed settings only; elsewhere it is a mistake of somebody who meant it to.
    add('hooks-managed-only', 'allowManagedHooksOnly', layer === 'managed' ? severity : 'note');
  }
  if (layer === 'managed' && values.hooksFromPluginsOnly === true)
    add('hooks-managed-only', 'strictPluginOnlyCustomization', severity);
  for (const variable of values.variables.filter((name) => NO_HOOKS.test(name)))
    findings.push(found('hooks-disabled', severity, { file, layer, setting: variable }, fixOf(`env.${variable}`)));
  return findings;
}

function found(
  kind: DoctorFinding['kind'],
  severity: Severity,
  about: DoctorFinding['about'],
  fix: DoctorFinding['fix'],
): DoctorFinding {
  return { check: 'hookSwitches', kind, severity, about, ...(fix === undefined ? {} : { fix }) };
}
