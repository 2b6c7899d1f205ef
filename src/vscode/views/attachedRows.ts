import type { AttachedState } from '../recall/attachedStores';
import { memoryCount } from '../counts';
import type { Translate } from '../translate';
import type { ViewNode } from './viewNode';

const NONE = { kind: 'none' } as const;

/** The attached stores as rows of the Memory view: each with the files that wait to be accepted. */
export function attachedRows(stores: readonly AttachedState[], t: Translate): readonly ViewNode[] {
  return stores.map((store) => storeRow(store, t));
}

function storeRow({ setting, key, accepted, waiting, problem }: AttachedState, t: Translate): ViewNode {
  const access = setting.access === 'read_only' ? t('read-only') : t('read and write');
  const words = [
    ...(problem === undefined ? [memoryCount(accepted, t), access] : [t('not used: {0}', problem)]),
    ...(waiting.length > 0 ? [t('{0} to accept', waiting.length)] : []),
  ];
  const bad = problem !== undefined || waiting.length > 0;
  return {
    id: `attached/${key ?? setting.path}`,
    label: t('Attached: {0}', setting.name),
    description: words.join(' · '),
    tooltip: [setting.path, ...(setting.instructions === undefined ? [] : [setting.instructions]), ...words].join('\n'),
    icon: bad ? { name: 'warning', color: 'list.warningForeground' } : { name: 'link' },
    contextValue: waiting.length > 0 ? 'attached waiting' : 'attached',
    target: key === undefined ? NONE : { kind: 'attachedStore', store: key },
    children: key === undefined ? [] : waiting.map((file) => fileRow(key, setting.path, file, t)),
    expanded: waiting.length > 0 && waiting.length <= 20,
  };
}

function fileRow(key: string, root: string, file: AttachedState['waiting'][number], t: Translate): ViewNode {
  const words = file.kind === 'added' ? t('not accepted yet') : t('changed since you accepted it');
  return {
    id: `attached/${key}/${file.path}`,
    label: file.path,
    description: words,
    tooltip: [`${root}: ${file.path}`, words, t('No agent is told of it until you accept it.')].join('\n'),
    icon: { name: file.kind === 'added' ? 'diff-added' : 'diff-modified' },
    accessibleLabel: `${file.path}, ${words}`,
    contextValue: 'attachedFile',
    target: { kind: 'attached', store: key, root, path: file.path, sha256: file.sha256 },
    children: [],
  };
}
