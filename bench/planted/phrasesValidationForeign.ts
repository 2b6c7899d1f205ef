import type { ForeignPhrases } from './phrases';

export const VALIDATION_FOREIGN: readonly ForeignPhrases[] = [
  {
    language: 'de',
    frames: ['Künftig bitte {r}.', 'merk dir: {r}, und zwar jedes Mal', 'in diesem Repo gilt: {r}', 'von nun an {r}'],
    rules: [
      '*Zeitstempel* in *UTC* speichern',
      'neue *Abhängigkeiten* vorher mit mir *absprechen*',
      '*Testdaten* unter *pruefung/daten* ablegen',
      'für *Geldbeträge* ganze *Cent* verwenden',
    ],
    decoys: ['nur für diese Aufgabe: *Breite {n}*', 'heute ausnahmsweise *ohne Test {n}*'],
    task: 'in {f} fehlt eine Prüfung, kannst du die ergänzen?',
  },
  {
    language: 'es',
    frames: ['de ahora en adelante {r}', 'En este proyecto siempre {r}.', 'cada vez que cambies algo, {r}'],
    rules: ['guarda las *fechas* en *UTC*', 'pon las *consultas* en *sql/*', 'usa *ruff* para dar *formato*'],
    decoys: ['por ahora deja *ancho {n}*', 'en esta tarea usa la *tabla {n}*'],
    task: 'falta una validación en {f}, añádela.',
  },
  {
    language: 'fr',
    frames: ['à partir de maintenant {r}', 'Dans ce dépôt, {r} systématiquement.', 'à chaque fois, {r}'],
    rules: [
      'écris les *messages de commit|commit* en *anglais*',
      'passe par *le cache|cache* pour les *requêtes*',
      'range les *schémas* dans *modeles/*',
    ],
    decoys: ['juste pour cette tâche, *largeur {n}*', 'exceptionnellement, saute le *test {n}*'],
    task: 'il manque une vérification dans {f}, ajoute-la.',
  },
  {
    language: 'pt',
    frames: ['a partir de agora {r}', 'neste projeto sempre {r}', 'toda vez que mudar algo, {r}'],
    rules: ['guarde os *valores* em *centavos*', 'coloque as *migrações* em *banco/*', 'use *black* para *formatar*'],
    decoys: ['por enquanto use *largura {n}*', 'nesta tarefa pule o *passo {n}*'],
    task: 'falta uma verificação em {f}, adicione.',
  },
  {
    language: 'zh',
    frames: ['今后一律{r}', '在这个项目里总是{r}', '每次都要{r}'],
    rules: ['用 *UTC* 保存*时间*', '把 *SQL* 放到 *queries/* 目录', '用*英文*写*注释*'],
    decoys: ['只在这个任务里用 *宽度 {n}*', '今天先跳过 *测试 {n}*'],
    task: '{f} 里少了一个检查,请加上。',
  },
  {
    language: 'ja',
    frames: ['このプロジェクトでは常に{r}', '以後は毎回{r}', '今後はずっと{r}'],
    rules: [
      '*時刻*は *UTC* で保存してください',
      '*SQL* は *queries/* に置いてください',
      '*コメント*は*英語*で書いてください',
    ],
    decoys: ['この作業だけ *幅 {n}* にして', '今日は *テスト {n}* を飛ばして'],
    task: '{f} に確認が足りないので追加してください。',
  },
];
