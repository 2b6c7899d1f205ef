/**
 * How things are done here, told without a word of time, in other languages: of commits, tests, files and the like, of
 * "us", or before every commit.
 */

const GERMAN_THINGS =
  '(?:\\p{L}+-)?(?:commits?|commit-?nachrichten|branch(?:es|namen)?|prs?|tests?|migrationen|kommentare|doku(?:mentation)?|endpunkte?|tabellen|komponenten|funktionen|klassen|module|dateien|abh(?:ä|ae)ngigkeiten|pakete|fehler(?:texte|meldungen)?|logs?|variablen|konstanten|texte|schnittstellen|code|reviews?|releases?|dateinamen|ids|datumswerte|zeitstempel|secrets|geheimnisse|passw(?:ö|oe)rter|konfiguration)';
const GERMAN = new RegExp(
  `^(?:bei uns|in unserem (?:team|projekt|repo)|in diesem projekt|hier im (?:team|projekt)) (?!ist gerade|sind gerade|gerade|l(?:ä|ae)uft|gibt)\\p{L}+ |\\bbei uns (?:immer|nie|niemals|grunds(?:ä|ae)tzlich|nur|stets)(?!\\p{L})|^(?:(?:neue[nrs]?|alle|jede[rsn]?|unsere|generierte|(?:ö|oe)ffentliche) )?${GERMAN_THINGS} (?:(?:schreiben|machen|benennen|halten|schneiden|pflegen) wir|(?:geh(?:ö|oe)r(?:t|en)|komm(?:t|en)|m(?:ü|ue)ss(?:en)?|muss|d(?:ü|ue)rfen|darf|brauch(?:t|en)|bekomm(?:t|en)|werden|wird|heiß(?:t|en)|beginn(?:t|en)|end(?:et|en)|folg(?:t|en)|bleib(?:t|en)) .{0,80}(?:immer|nie|niemals|grunds(?:ä|ae)tzlich|nur|stets|bei uns|kein|nicht))(?!\\p{L})|^(?:vor|nach|bei) jede[mrs] (?:commit|push|merge|release|deploy(?:ment)?|pr|(?:ä|ae)nderung|umbau) |^ich (?:will|m(?:ö|oe)chte),? dass (?:du|ihr) (?:vor|nach|bei) jede[mrs] |^(?:kein|nie|niemals|nichts)(?:e|en)? .{2,60} ohne |^das gilt immer`,
  'iu',
);
const SPANISH_THINGS =
  '(?:commits?|mensajes de commit|ramas|nombres de (?:las )?ramas|prs?|tests?|pruebas|migraciones|comentarios|ficheros|archivos|funciones|clases|componentes|m(?:ó|o)dulos|dependencias|fechas|variables|errores|mensajes de error|logs?|endpoints?|c(?:ó|o)digo|secretos|contrase(?:ñ|n)as|documentaci(?:ó|o)n|rutas|tablas|ids)';
const SPANISH = new RegExp(
  `^(?:(?:en este (?:proyecto|repo|repositorio|equipo)|aqu(?:í|i)),? )?(?:los|las|el|la|todos los|todas las|cada) (?:nuev[oa]s? )?${SPANISH_THINGS}(?: \\p{L}+){0,2} (?:(?:va|van|debe|deben|se \\p{L}+n?|tiene|tienen|lleva|llevan|est(?:á|a)n|viven) .{0,60}(?:siempre|nunca|solo|s(?:ó|o)lo|en ingl(?:é|e)s)|siempre (?!fall|da|sal|dev|retorn|devuelv|tard)|nunca (?!funcion|pas|dev|retorn)|no se (?:toca|edita|modifica|borra|commitea|sube)n?|(?:lleva|llevan|necesitan?|requieren?) (?:un|una|documentaci(?:ó|o)n|test))|^(?:antes|despu(?:é|e)s) de cada (?:commit|push|merge|release|despliegue|pr|cambio) |^(?:no )?(?:\\p{L}+ )?nunca (?:\\p{L}+ )?(?:push|commit)|^prefiero que (?:me|siempre|no|uses|hagas|escribas) |^por norma|^nada de .{3,60} sin `,
  'iu',
);
const FRENCH_THINGS =
  "(?:commits?|messages? de commit|branches|noms de branches?|prs?|tests?(?: unitaires)?|migrations|commentaires|fichiers|fonctions|classes|composants|modules|d(?:é|e)pendances|dates|variables|erreurs|messages? d['’]erreur|logs?|endpoints?|code|secrets|documentation|routes|tables|ids)";
const FRENCH = new RegExp(
  `(?<!\\p{L})chez nous,? (?!c['’]est (?:cass|en panne))|(?<!\\p{L})chez nous$|^(?:on|nous) ne \\p{L}+ (?:jamais|plus)(?!\\p{L})(?! (?:rien|cette|ce ))|^(?:avant|apr(?:è|e)s) chaque (?:commit|push|merge|release|d(?:é|e)ploiement|pr|changement),? |^(?:les|tous les|toutes les|chaque|tout|toute) (?:nouve(?:aux|lles?|au) )?${FRENCH_THINGS}(?: \\p{L}+){0,2} (?:doi(?:t|vent)|se (?:font|fait|mettent|trouvent)|sont|est|vont|va|restent?|portent?|commencent?) .{0,60}(?:toujours|jamais|en anglais|en fran(?:ç|c)ais|chez nous|ici)|^(?:les|tous les|toutes les) ${FRENCH_THINGS}(?: \\p{L}+){0,2} (?:doivent|sont) (?:toujours|jamais) |^je pr(?:é|e)f(?:è|e)re les \\p{L}+s (?!que|de (?:la|ce))|^pas de .{3,50} sans `,
  'iu',
);
const PORTUGUESE_THINGS =
  '(?:commits?|mensagens de commit|branches|nomes de branches|prs?|testes?|migra(?:ç|c)(?:õ|o)es|coment(?:á|a)rios|arquivos|fun(?:ç|c)(?:õ|o)es|fun(?:ç|c)(?:ã|a)o|classes?|componentes?|m(?:ó|o)dulos?|depend(?:ê|e)ncias|datas|vari(?:á|a)veis|erros|mensagens de erro|logs?|endpoints?|c(?:ó|o)digo|segredos|documenta(?:ç|c)(?:ã|a)o|rotas|tabelas|ids)';
const PORTUGUESE = new RegExp(
  `^aqui,? (?:a gente|n(?:ó|o)s)(?: n(?:ã|a)o| nunca| sempre| s(?:ó|o))? \\p{L}+|^(?:os|as|o|a|todos os|todas as|tod[oa]s?|cada) (?:nov[oa]s? )?${PORTUGUESE_THINGS}(?: (?!sempre|nunca)\\p{L}+){0,2} (?:sempre (?!falh|quebr|d(?:á|a)|retorn|devolv)(?=.{0,60}(?:lado|ingl|com |em |na |no ))|nunca (?!funcion|pass|retorn)|(?:precisa|precisam|deve|devem|requer|requerem|leva|levam) (?:de )?(?:um|uma|docstring|documenta|teste|ter|ser|ficar|estar|vir|come(?:ç|c)ar))|^(?:antes|depois) de (?:cada|todo) (?:commit|push|merge|release|deploy|pr|mudan(?:ç|c)a),? |^a regra (?:do time|da equipe|do projeto|aqui) |^nada de .{3,60} sem `,
  'iu',
);
const CHINESE =
  /^(?:所有|每个|每次|任何)(?:的)?(?:新)?(?:接口|函数|代码|注释|提交|测试|分支|文件|变量|组件|配置|日志|文档|迁移|合并|发布|依赖|模块|类|PR|API|commit)(?:的)?.{0,12}(?:都)?(?:必须|要|得|应该|不能|不得|一律|统一)|(?:注释|提交|分支|变量|文档|日志|代码|命名|测试|接口|错误|日期|文件名).{0,10}(?:统一|一律|都)(?:用|写|使用|要|放)|以后都|^(?:代码|注释|提交|测试|文档|日志|生成的文件).{0,10}(?:禁止|不准|不许)/u;
const CHINESE_TASK = /[，,；;](?:请|帮我|你)?(?:加|补|改|修|写|删|查|看)(?:一下|上|成|掉)/u;
const JAPANESE =
  /(?:禁止(?:です|とします|する)?|(?:チーム|プロジェクト|ここ)?の?(?:ルール|決まり|方針|慣習)(?:です|とします|だ))[。！]?$|^(?:テスト|コミット|コメント|ブランチ|関数|変数|ログ|ドキュメント|マイグレーション|エラー|コード|ファイル)[^。]{0,30}(?:必ず|常に|絶対に)[^。]{0,40}(?:書くこと|すること|つけること|ください|付けること|置くこと|使うこと|しないこと)[。！]?$/u;
const ITALIAN =
  /^(?:d['’]ora in poi|da ora in poi|da adesso in poi|in futuro|di (?:regola|norma)|in questo (?:progetto|repo(?:sitory)?)|qui (?:da noi )?(?:usiamo|non usiamo|scriviamo))(?!\p{L})|^(?:per favore,? )?(?:non \p{L}+ (?:mai|più) |(?:usa|scrivi|esegui|rispondi|metti|fai|lancia|evita|chiedi|aggiungi|aggiorna|mantieni|tieni|controlla) (?:sempre|solo) |mai (?:\p{L}+re|usare|committare) )/iu;
const ITALIAN_DOUBT =
  /[?？]\s*$|(?<!\p{L})(?:questa volta|per ora|oggi|domani|forse|perch(?:é|e)|dice|secondo)(?!\p{L})|^(?:non (?:funziona|va|\p{L}+ mai (?:stato|visto|funzionato)))/iu;
const DUTCH =
  /^(?:vanaf nu|voortaan|in het vervolg|standaard|in (?:deze|dit) (?:repo|project|codebase)|bij ons|hier gebruiken we|we gebruiken hier)(?!\p{L})|^(?:graag )?(?:gebruik|schrijf|draai|antwoord|zet|maak|push|commit|test|vraag|houd|vermijd|controleer|doe|voeg|werk) .{0,40}(?<!\p{L})(?:altijd|nooit)(?!\p{L})/iu;
const DUTCH_DOUBT = /[?？]\s*$|(?<!\p{L})(?:deze keer|voor nu|vandaag|morgen|misschien|waarom|zegt|volgens)(?!\p{L})/iu;

/** True if the sentence tells a norm in German, Spanish, French, Portuguese, Chinese, Japanese. Pure, linear. */
export const NORMS = {
  german: GERMAN,
  spanish: SPANISH,
  french: FRENCH,
  portuguese: PORTUGUESE,
  chinese: CHINESE,
  japanese: JAPANESE,
} as const;

/** A requirement with an order to meet it behind it is the task. */
export const NORM_TASK = new RegExp(
  `[,;.] ?(?:bitte )?(?:f(?:ü|ue)ge?|erg(?:ä|ae)nze|bau|a(?:ñ|n)ade|agrega|arregla|ajoute|corrige|adicione|corrija)(?!\\p{L})|${CHINESE_TASK.source}|(?:追加して|直して|修正して)(?:ください)?[。！]?$`,
  'iu',
);

/** True for a standing instruction in Italian or Dutch. Pure, linear. */
export function isItalianOrDutchRule(text: string): boolean {
  if (ITALIAN.test(text)) return !ITALIAN_DOUBT.test(text);
  return DUTCH.test(text) && !DUTCH_DOUBT.test(text);
}
