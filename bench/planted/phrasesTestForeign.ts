import type { ForeignPhrases } from './phrases';

export const TEST_FOREIGN: readonly ForeignPhrases[] = [
  {
    language: 'de',
    frames: [
      'Regel für alle Sitzungen: {r}',
      'ab sofort {r}, bei jeder Änderung',
      'Wir machen das hier immer so: {r}.',
      'Bitte generell {r}, nicht nur jetzt.',
    ],
    rules: [
      '*Preise|Preis* ohne *Mehrwertsteuer* speichern',
      '*Bilder|Bild* vor dem Einchecken mit *oxipng* verkleinern',
      '*Formulare|Formular* mit der *Tastatur* prüfen',
      '*Skripte|Skript* in *werkzeug/* ablegen',
      '*Kundennamen* in *Protokollen* schwärzen',
    ],
    decoys: [
      'bis heute Abend bitte *Filter {n}* auslassen',
      'in dieser einen Datei immer *Spalte {n}* nehmen, danach fliegt sie raus',
      'sagt der Kollege: nie wieder *Modul {n}*. Stimmt das?',
    ],
    task: 'kannst du mal {f} aufräumen? der mittlere Teil ist doppelt.',
  },
  {
    language: 'es',
    frames: [
      'regla del equipo: {r}',
      'Por defecto {r}, en todas las sesiones.',
      'a futuro {r}, en todo el repo',
      'que no se te olvide nunca: {r}',
    ],
    rules: [
      'redondea los *impuestos* a *dos decimales*',
      'pon los *iconos* en *recursos/iconos*',
      'escribe los *mensajes de error|mensajes* en *español* neutro',
      'ejecuta *make revisar* antes de subir los *cambios*',
    ],
    decoys: [
      'hoy no toques la *cola {n}*, hay pruebas de carga',
      '¿siempre hay que *reiniciar el nodo {n}*?',
      'para la demo de mañana pon *fondo {n}*',
    ],
    task: 'el bucle de {f} se queda colgado, míralo por favor.',
  },
  {
    language: 'fr',
    frames: [
      'règle de la maison : {r}',
      'dorénavant {r}, dans tout le code',
      'Pour toutes les prochaines sessions, {r}.',
      'par défaut {r}, quoi que tu fasses',
    ],
    rules: [
      'nomme les *tables* au *singulier*',
      'vérifie les *liens* avec *lychee*',
      'mets les *captures* dans *docs/img*',
      'arrondis les *montants* au *centime*',
    ],
    decoys: [
      'ce matin, ne touche pas au *serveur {n}*, il est en démo',
      'faut-il toujours *vider le cache {n}* ?',
      'dans ce fichier uniquement, prends la *marge {n}*',
    ],
    task: 'la boucle dans {f} ne finit pas, tu peux regarder ?',
  },
  {
    language: 'pt',
    frames: [
      'regra do time: {r}',
      'de hoje em diante {r}, em qualquer tarefa',
      'Em todas as sessões, {r}.',
      'por padrão {r}, sem eu precisar pedir',
    ],
    rules: [
      'escreva as *mensagens de commit|commit* em *português*',
      'rode *make conferir* antes do *push*',
      'deixe os *ícones* em *recursos/svg*',
      'arredonde os *impostos* com *duas casas*',
    ],
    decoys: [
      'só hoje não mexa na *fila {n}*',
      'a gente sempre *reinicia o nó {n}*?',
      'nesse arquivo aqui use a *margem {n}*, depois eu apago',
    ],
    task: 'o laço em {f} não termina, dá uma olhada?',
  },
  {
    language: 'zh',
    frames: ['这个仓库的规矩是:{r}', '从今往后{r}', '不管改什么,都必须{r}', '所有会话里默认{r}', '请记住,每一次都{r}'],
    rules: [
      '把*金额*存成*整数*',
      '用 *oxipng* 压缩*图片*',
      '在*日志*里隐去*手机号*',
      '提交之前跑 *make check*',
      '用*中文*写*提交说明*',
    ],
    decoys: ['今天下午别动 *队列 {n}*', '演示的时候先把 *开关 {n}* 关掉', '为什么总是 *卡在第 {n} 步*?'],
    task: '{f} 里的循环停不下来,麻烦看看。',
  },
  {
    language: 'ja',
    frames: [
      'このリポジトリのルールです。{r}',
      '今回に限らず、{r}',
      '今日以降はどの作業でも{r}',
      'ルールとして覚えておいて:{r}',
      'デフォルトで{r}。毎回お願いします',
    ],
    rules: [
      '*金額*は*整数*で保存してください',
      '*画像*は *oxipng* で圧縮してください',
      '*ログ*では*電話番号*を伏せてください',
      '*push* の前に *make check* を実行してください',
      '*テスト名*は*日本語*で書いてください',
    ],
    decoys: [
      '今日の午後は *キュー {n}* に触らないで',
      'デモの間だけ *フラグ {n}* を切ってください',
      'なぜいつも *手順 {n}* で止まるの?',
    ],
    task: '{f} のループが終わらないので見てもらえますか。',
  },
];
