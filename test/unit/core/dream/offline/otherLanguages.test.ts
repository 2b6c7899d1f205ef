import { describe, expect, it } from 'vitest';
import { readOtherLanguage } from '../../../../../src/core/dream/offline/language/others';

describe('standing instructions in other languages', () => {
  it.each([
    ['de', 'Verwende immer pnpm statt npm.'],
    ['de', 'Ab sofort antworte nur auf Deutsch.'],
    ['de', 'Wir schreiben Tests immer mit Vitest.'],
    ['de', 'Du sollst niemals direkt auf main pushen.'],
    ['es', 'Siempre ejecuta los tests antes de hacer commit.'],
    ['es', 'A partir de ahora usa pnpm en lugar de npm.'],
    ['es', 'Nunca subas el archivo .env al repositorio.'],
    ['fr', "N'utilise jamais npm, mais pnpm."],
    ['fr', 'Désormais, écris les commentaires en anglais.'],
    ['pt', 'Sempre rode os testes antes de commitar.'],
    ['pt', 'Nunca faça push direto na main.'],
    ['zh', '以后总是使用 pnpm 而不是 npm。'],
    ['zh', '请务必在提交之前运行测试。'],
    ['zh', '从现在开始，用中文回答。'],
    ['ja', '今後は必ず pnpm を使ってください。'],
    ['ja', 'コミットの前に常にテストを実行してください。'],
    ['ja', '絶対に main へ直接プッシュしないでください。'],
  ])('%s: “%s”', (_, sentence) => {
    expect(readOtherLanguage(sentence).kind).toBe('instruction');
  });

  it.each([
    ['de', 'Merk dir, dass die Staging-Datenbank geteilt wird.', 'die Staging-Datenbank geteilt wird.'],
    ['es', 'Recuerda que los tests necesitan Docker.', 'los tests necesitan Docker.'],
    ['fr', 'Souviens-toi que la base est partagée.', 'la base est partagée.'],
    ['pt', 'Lembre-se de que os testes precisam do Docker.', 'os testes precisam do Docker.'],
    ['zh', '记住：测试数据库是共享的。', '测试数据库是共享的。'],
    ['ja', 'テストには Docker が必要なことを覚えておいてください。', 'テストには Docker が必要な'],
  ])('%s: “%s” is an explicit request', (_, sentence, rule) => {
    expect(readOtherLanguage(sentence)).toEqual({ kind: 'instruction', strength: 'explicit', rule });
  });
});

describe('sentences in other languages that are no standing instruction', () => {
  it.each([
    'Die Funktion gibt immer null zurück.',
    'Das schlägt immer fehl.',
    'Warum benutzt du immer npm?',
    'Diesmal immer die langsamen Tests überspringen.',
    'La función siempre devuelve null.',
    'Esto nunca funciona.',
    'La fonction retourne toujours une liste.',
    'Pourquoi utilises-tu toujours npm ?',
    'A função sempre retorna nulo.',
    'Isso nunca funciona.',
    '这个函数总是返回空值。',
    '为什么总是失败？',
    'この関数は常に空のリストを返します。',
    'なぜいつも失敗するのですか？',
    'Bitte den Test reparieren.',
    'Corrige el test.',
    'note: auto strategy seems to work',
  ])('“%s”', (sentence) => {
    expect(readOtherLanguage(sentence).kind).not.toBe('instruction');
  });
});
