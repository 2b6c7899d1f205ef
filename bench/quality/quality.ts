import { existsSync } from 'node:fs';
import { runPlanted, type PlantedResult } from '../planted/planted';
import { archives, withTranscripts } from '../../scripts/figures/transcripts';
import { BEAM_PEERS, measureBeam } from './beam';
import { LETTA_PEERS, measureLetta, type LettaScore } from './letta';
import { LOCOMO_PEERS, measureLocomo } from './locomo';
import { MEMPALACE_PEERS, measureMempalace } from './mempalace';
import { measureReal } from './real';
import { wilson, type Share } from './statistics';

/** One line of the scoreboard: what we reach, and what others do. */
export interface QualityRow {
  readonly bench: string;
  readonly measure: string;
  readonly ours: Share | number | undefined;
  /** What others reach and who, published or measured beside this project. */
  readonly peers: string;
  /** Why there is no value. */
  readonly skipped?: string;
}

export interface QualityReport {
  readonly rows: readonly QualityRow[];
}

export interface QualityOptions {
  /** Path of `locomo10.json`. */
  readonly locomo?: string;
  /** Folder with one folder per BEAM chat. */
  readonly beam?: string;
  /** Only this bench. */
  readonly only?: string;
}

/** Every bench in turn, each from nothing; what lacks its data is a row that says so. */
export async function measureQuality(root: string, options: QualityOptions): Promise<QualityReport> {
  const benches: Readonly<Record<string, () => readonly QualityRow[] | Promise<readonly QualityRow[]>>> = {
    letta: () => lettaRows(root),
    mempalace: () => mempalaceRows(root),
    locomo: () => locomoRows(options.locomo),
    beam: () => beamRows(options.beam),
    planted: async () => [
      ...plantedRows('dev', await runPlanted('dev')),
      ...plantedRows('test', await runPlanted('test')),
    ],
    real: () => realRows(root),
  };
  const rows: QualityRow[] = [];
  for (const [name, measure] of Object.entries(benches)) {
    if (options.only === undefined || options.only === name) rows.push(...(await measure()));
  }
  return { rows };
}

function lettaRows(root: string): readonly QualityRow[] {
  const scores = measureLetta(root);
  if (scores === undefined) return [absent('letta', 'which stored fact is superseded', 'no data beside the checkout')];
  return (['dev', 'test'] as const).flatMap((split) => {
    const score: LettaScore = scores[split];
    const bench = `letta ${split}`;
    return [
      row(bench, 'top-1', wilson(Math.round(score.top1 * score.n), score.n), `BM25 ${LETTA_PEERS.bm25Top1}`),
      row(bench, 'pair F1', score.f1, `Jaccard ${LETTA_PEERS.jaccardF1}`),
      row(bench, 'superseded in a foreign store', score.falseRate, ''),
    ];
  });
}

function mempalaceRows(root: string): readonly QualityRow[] {
  const scores = measureMempalace(root);
  if (scores === undefined) return [absent('mempalace', 'kinds of memory in a snippet', 'no data beside the checkout')];
  return scores.flatMap(({ language, kind, precision, recall }) => {
    const peer = language === 'en' && kind !== 'fact' ? MEMPALACE_PEERS[kind as 'decision' | 'preference'] : undefined;
    const shown = (value: number | undefined): string => (value === undefined ? '' : `its own markers ${value}`);
    return [
      row(`mempalace ${language}`, `${kind} precision`, precision, shown(peer?.precision)),
      row(`mempalace ${language}`, `${kind} recall`, recall, shown(peer?.recall)),
    ];
  });
}

function locomoRows(file: string | undefined): readonly QualityRow[] {
  if (file === undefined || !existsSync(file))
    return [absent('locomo', 'session R@5, R@10', 'give --locomo=<locomo10.json>')];
  const scores = measureLocomo(file);
  return (['dev', 'test', 'all'] as const).flatMap((split) => {
    const { at5, at10, categories } = scores[split];
    const bench = `locomo ${split}`;
    const { bm25At10, mempalaceHybridAt10, mempalaceVectorsAt10 } = LOCOMO_PEERS;
    return [
      row(bench, 'session R@5', at5, `BM25 ${LOCOMO_PEERS.bm25At5}`),
      row(
        bench,
        'session R@10',
        at10,
        `BM25 ${bm25At10}, MemPalace ${mempalaceHybridAt10}, with vectors ${mempalaceVectorsAt10}`,
      ),
      ...Object.entries(categories).map(([name, share]) => row(bench, `R@10 of category ${name}`, share, '')),
    ];
  });
}

async function beamRows(folder: string | undefined): Promise<readonly QualityRow[]> {
  if (folder === undefined || !existsSync(folder)) {
    return [absent('beam', 'contradictions, updates, standing instructions', 'give --beam=<chats/100K>')];
  }
  const scores = await measureBeam(folder);
  const plain = (value: number): string => `plain retrieval ${value}`;
  return (['dev', 'test', 'all'] as const).flatMap((split) => {
    const score = scores[split];
    const bench = `beam ${split}`;
    return [
      row(bench, 'contradiction@1', score.contradictionAt1, plain(BEAM_PEERS.contradictionAt1)),
      row(bench, 'contradiction@5', score.contradictionAt5, ''),
      row(bench, 'update@1', score.updateAt1, plain(BEAM_PEERS.updateAt1)),
      row(bench, 'update@5', score.updateAt5, ''),
      row(bench, 'standing instructions in the dreamed store', score.instructions, plain(BEAM_PEERS.instructions)),
      row(bench, 'standing instructions that a sentence says', score.instructionsSaid, ''),
      row(bench, 'preferences in the dreamed store', score.preferences, plain(BEAM_PEERS.preferences)),
      row(bench, 'preferences that a sentence says', score.preferencesSaid, ''),
    ];
  });
}

function plantedRows(split: string, result: PlantedResult): readonly QualityRow[] {
  const bench = `planted ${split}`;
  return [
    row(bench, 'precision', wilson(result.right, result.right + result.wrong), ''),
    row(bench, 'recall', wilson(result.found, result.planted), ''),
    ...result.kinds.map(({ kind, found, planted }) => row(bench, `recall of ${kind}`, wilson(found, planted), '')),
    row(bench, 'decoys proposed', result.decoys, ''),
    row(bench, 'injected without quarantine', result.injected, ''),
    row(bench, 'files with secrets', result.leaks.length, ''),
  ];
}

async function realRows(root: string): Promise<readonly QualityRow[]> {
  if (archives().length === 0) return [absent('real', 'precision', 'no transcripts beside the checkout')];
  return withTranscripts(async (folder) => {
    const rows: QualityRow[] = [];
    for (const split of ['dev', 'test'] as const) {
      const score = await measureReal(root, folder, split);
      rows.push(
        row(`real ${split}`, 'precision among the labelled', score.precision, ''),
        row(`real ${split}`, 'precision, unlabelled as wrong', score.strict, ''),
        row(`real ${split}`, 'recall of accepted prompts', score.recall, ''),
        row(`real ${split}`, 'proposals per 100 prompts', score.per100Prompts, ''),
      );
    }
    return rows;
  });
}

function row(bench: string, measure: string, ours: Share | number, peers: string): QualityRow {
  return { bench, measure, ours, peers };
}

function absent(bench: string, measure: string, skipped: string): QualityRow {
  return { bench, measure, ours: undefined, peers: '', skipped };
}
