import { NOTHING, REASONS, refused } from './reading';
import { STANDING_CUES } from './othersStanding';
import { isItalianOrDutchRule, NORMS, NORM_TASK } from './othersNorms';
import type { StandingCues } from './othersStanding';
import type { Reading } from './reading';

/** How standing instructions sound in one language. Start = the sentence opens with it; anywhere = it may stand inside. */
interface Language {
  readonly remember: RegExp;
  readonly scope: RegExp;
  /** Frequency words; they need an instruction around them. */
  readonly frequency: RegExp;
  /** Openings that make the sentence an instruction to the agent or a convention of the team. */
  readonly instruction: RegExp;
  /** Openings of statements about programs and things, and of questions. */
  readonly statement: RegExp;
  readonly taskLocal: RegExp;
  readonly leadIn: RegExp;
  readonly standing: StandingCues;
  readonly norm: RegExp;
}

const GERMAN: Language = {
  remember:
    /^(?:bitte )?(?:merk(?:e)? dir(?: bitte)?|denk(?:e)? daran|vergiss nicht|notier(?:e)? dir)(?:,? dass\s+|\s{0,2}[:,–—]\s{0,2})/iu,
  scope:
    /(?<!\p{L})(?:ab jetzt|ab sofort|von jetzt an|von nun an|k(?:ü|ue)nftig|in zukunft|grunds(?:ä|ae)tzlich|standardm(?:ä|ae)(?:ß|ss)ig|in diesem (?:repo|repository|projekt)|jedes mal,? wenn)(?!\p{L})/iu,
  frequency: /(?<!\p{L})(?:immer|nie|niemals|jedes mal|stets|unter keinen umst(?:ä|ae)nden)(?!\p{L})/iu,
  instruction:
    /^(?:immer|nie|niemals|stets|du (?:sollst|solltest|musst|darfst)|wir (?:verwenden|benutzen|nutzen|schreiben|committen|machen|testen)|(?:verwend|benutz|nutz|schreib|committ|f(?:ü|ue)hr|mach|lass|starte?|teste?|pr(?:ü|ue)f|antwort|nimm|leg|setz|f(?:ü|ue)g|frag|erstell|l(?:ö|oe)sch|push|gib|bau|installier|formatier|lies|ruf|halt)(?:en|e)?(?=\s)|kein(?:e|en)?\s)/iu,
  statement:
    /^(?:der|die|das|es|er|sie|dies(?:e|er|es)?|warum|wieso|wie|wann|wo|was|ist|sind|hat|wird|kann|ich (?:glaube|denke|habe))\s/iu,
  taskLocal:
    /(?<!\p{L})(?:diesmal|dieses mal|jetzt erst ?mal|erst ?mal|heute|vorerst|f(?:ü|ue)r diese[ns]? |in diese[mr] (?:datei|funktion|test|branch|pr|commit|fall|issue)|vor(?:ü|ue)bergehend)(?!\p{L})|#\d+/iu,
  leadIn: /^(?:ok|okay|ja|nein|gut|bitte|und|aber|also|ach|danke|übrigens)(?!\p{L})[\s,:;.!–—-]{0,4}/iu,
  standing: STANDING_CUES.german,
  norm: NORMS.german,
};

const SPANISH: Language = {
  remember:
    /^(?:por favor,? )?(?:recuerda|recuerde|ten en cuenta|acu(?:é|e)rdate de)(?: que\s+|\s{0,2}[:,–—]\s{0,2})/iu,
  scope:
    /(?<!\p{L})(?:a partir de ahora|de ahora en adelante|desde ahora|en el futuro|por (?:defecto|regla general)|en este (?:repo|repositorio|proyecto)|cada vez que)(?!\p{L})/iu,
  frequency: /(?<!\p{L})(?:siempre|nunca|jam(?:á|a)s|en ning(?:ú|u)n caso)(?!\p{L})/iu,
  instruction:
    /^(?:siempre|nunca|jam(?:á|a)s|debes|tienes que|no debes|(?:nosotros )?(?:usamos|utilizamos|escribimos|ejecutamos)|quiero que|(?:usa|utiliza|escribe|ejecuta|haz|pon|responde|corre|crea|a(?:ñ|n)ade|agrega|mant(?:é|e)n|prueba|evita|prefiere|contesta|instala|formatea)(?=\s)|no (?:uses|utilices|escribas|ejecutes|hagas|pongas|crees|agregues|a(?:ñ|n)adas|borres|subas|modifiques|instales|toques)(?=\s))/iu,
  statement:
    /^(?:el|la|los|las|esto|este|esta|eso|por qu(?:é|e)|qu(?:é|e)|c(?:ó|o)mo|cu(?:á|a)ndo|d(?:ó|o)nde|es|est(?:á|a)|creo)\s/iu,
  taskLocal:
    /(?<!\p{L})(?:esta vez|por ahora|de momento|hoy|solo (?:esta vez|para|en)|en est[ea] (?:archivo|fichero|funci(?:ó|o)n|test|rama|pr|commit|caso|tarea|sesi(?:ó|o)n)|para est[ea] )(?!\p{L})|#\d+/iu,
  leadIn: /^(?:ok|vale|s(?:í|i)|no,|bien|por favor|y|pero|gracias|bueno)(?!\p{L})[\s,:;.!–—-]{0,4}/iu,
  standing: STANDING_CUES.spanish,
  norm: NORMS.spanish,
};

const FRENCH: Language = {
  remember:
    /^(?:s['’]il te pla(?:î|i)t,? )?(?:souviens-toi|rappelle-toi|retiens|garde (?:à|a) l['’]esprit|n['’]oublie pas)(?: bien)?(?: que\s+|\s{0,2}[:,–—]\s{0,2})/iu,
  scope:
    /(?<!\p{L})(?:d(?:é|e)sormais|dor(?:é|e)navant|(?:à|a) partir de maintenant|(?:à|a) l['’]avenir|par d(?:é|e)faut|en r(?:è|e)gle g(?:é|e)n(?:é|e)rale|dans ce (?:repo|d(?:é|e)p(?:ô|o)t|projet)|(?:à|a )?chaque fois que)(?!\p{L})/iu,
  frequency: /(?<!\p{L})(?:toujours|jamais|en aucun cas|syst(?:é|e)matiquement)(?!\p{L})/iu,
  instruction:
    /^(?:toujours|jamais|ne jamais|tu (?:dois|devrais|ne dois)|il faut|on (?:utilise|n['’]utilise|(?:é|e)crit|lance|teste)|nous (?:utilisons|n['’]utilisons)|je veux que tu|(?:utilise|(?:é|e)cris|lance|ex(?:é|e)cute|mets|r(?:é|e)ponds|fais|ajoute|cr(?:é|e)e|teste|v(?:é|e)rifie|pr(?:é|e)f(?:è|e)re|(?:é|e)vite|garde|installe|formate)(?:z)?(?=\s)|n['’](?:utilise|ajoute|(?:é|e)cris|ex(?:é|e)cute|installe)|ne (?:fais|mets|cr(?:é|e)e|pousse|supprime|touche|modifie|commite|lance|commit|laisse)(?=\s))/iu,
  statement:
    /^(?:le|la|les|ce|cela|(?:ç|c)a|cette|pourquoi|comment|quand|o(?:ù|u)|est-ce|c['’]est|je (?:pense|crois))(?:\s|(?<=['’]))/iu,
  taskLocal:
    /(?<!\p{L})(?:cette fois|pour l['’]instant|pour le moment|aujourd['’]hui|juste (?:cette fois|pour)|dans (?:ce|cette) (?:fichier|fonction|test|branche|pr|commit|cas|session|t(?:â|a)che)|pour (?:ce|cette) )(?!\p{L})|#\d+/iu,
  leadIn: /^(?:ok|oui|non|bien|merci|et|mais|alors|s['’]il te pla(?:î|i)t|stp|d['’]accord)(?!\p{L})[\s,:;.!–—-]{0,4}/iu,
  standing: STANDING_CUES.french,
  norm: NORMS.french,
};

const PORTUGUESE: Language = {
  remember:
    /^(?:por favor,? )?(?:lembre(?:-se)?(?: de)?|lembra|n(?:ã|a)o (?:se )?esque(?:ç|c)a(?: de)?|tenha em mente)(?: que\s+|\s{0,2}[:,–—]\s{0,2})/iu,
  scope:
    /(?<!\p{L})(?:a partir de agora|de agora em diante|daqui (?:para|pra) frente|no futuro|por padr(?:ã|a)o|via de regra|neste (?:repo|reposit(?:ó|o)rio|projeto)|(?:toda|cada) vez que|sempre que)(?!\p{L})/iu,
  frequency: /(?<!\p{L})(?:sempre|nunca|jamais|em hip(?:ó|o)tese alguma)(?!\p{L})/iu,
  instruction:
    /^(?:sempre|nunca|jamais|voc(?:ê|e) (?:deve|precisa|n(?:ã|a)o deve)|(?:n(?:ó|o)s )?(?:usamos|utilizamos|escrevemos|rodamos)|quero que|(?:use|usa|utilize|escreva|rode|execute|fa(?:ç|c)a|coloque|responda|crie|adicione|mantenha|teste|evite|prefira|instale|formate)(?=\s)|n(?:ã|a)o (?:use|utilize|escreva|execute|rode|fa(?:ç|c)a|coloque|crie|adicione|apague|suba|modifique|instale|commite|toque)(?=\s))/iu,
  statement: /^(?:o|a|os|as|isso|isto|este|esta|por que|como|quando|onde|(?:é|e)|est(?:á|a)|acho)\s/iu,
  taskLocal:
    /(?<!\p{L})(?:desta vez|dessa vez|por enquanto|por agora|hoje|s(?:ó|o) desta vez|s(?:ó|o) (?:para|neste|nesta)|nest[ea] (?:arquivo|fun(?:ç|c)(?:ã|a)o|teste|branch|pr|commit|caso|tarefa|sess(?:ã|a)o)|para est[ea] )(?!\p{L})|#\d+/iu,
  leadIn: /^(?:ok|sim|n(?:ã|a)o,|bom|bem|por favor|e|mas|obrigad[oa]|certo)(?!\p{L})[\s,:;.!–—-]{0,4}/iu,
  standing: STANDING_CUES.portuguese,
  norm: NORMS.portuguese,
};

const CHINESE: Language = {
  remember: /^(?:请|麻烦|你要)?(?:记住|牢记|记下来|请注意并记住)[：:，,\s]{0,3}/u,
  scope:
    /从现在开始|从现在起|从今以后|今后|以后|默认(?:情况下|使用|用)|在?(?:这个|本)(?:项目|仓库|代码库)(?:里|中|内)?|每次|每当|一律/u,
  frequency: /总是|始终|永远|绝不|绝对不要|从不|千万不要|务必|必须|不要再|不允许|禁止/u,
  instruction:
    /^(?:请|你(?:要|应该|必须|不要)|我们(?:使用|用|不用|统一|都)|总是|始终|永远|绝不|绝对不要|从不|千万不要|务必|不要再|禁止|使用|用|运行|提交|写|回答|保持|避免|优先)/u,
  statement:
    /^(?:这个(?:函数|方法|变量|测试|类|文件)|那个|它|该(?:函数|方法|变量)|为什么|怎么|是不是|什么)|函数(?:总是|始终|永远)|(?:吗|呢)[？?]?$/u,
  taskLocal:
    /这次|这一次|暂时|目前先|现在先|今天|只在这|这个 ?(?:PR|分支|提交)|先(?:不要|别)|在?这个(?:文件|函数|测试|分支|提交|任务|会话)|#\d+/u,
  leadIn: /^(?:好的?|嗯|对|不对|不是|另外|还有|然后)[，,。！\s]{1,3}/u,
  standing: STANDING_CUES.chinese,
  norm: NORMS.chinese,
};

const JAPANESE: Language = {
  remember:
    /(?:を|は|と|ことを)?(?:覚えて(?:おいて)?(?:ください|下さい)?|記憶して(?:ください)?|メモして(?:おいて)?(?:ください)?)[。！]?$|^(?:覚えておいて(?:ください)?|メモ)[：:、,\s]{1,3}/u,
  scope:
    /今後(?:は)?|これから(?:は)?|(?:この|本)(?:リポジトリ|プロジェクト)(?:では|で|内では)|デフォルトでは?|毎回|(?:する|した|の)たびに|原則/u,
  frequency: /常に|必ず|いつも|絶対に|決して|二度と/u,
  instruction:
    /(?:てください|て下さい|ないでください|ないで下さい|でください|すること|しないこと|ないこと|ること|てほしい|しないで|禁止|使って|使う|使います|しよう|すべきです|べき)[。！]?$/u,
  statement:
    /(?:関数|メソッド|変数|テスト|クラス|エラー|ボタン|画面|メニュー|ユーザー|ダイアログ|一覧|ヘッダー)(?:は|が|を)(?:常に|必ず|いつも|毎回)|(?:ですか|ますか|のか|なぜ|どうして)[？?。]?/u,
  taskLocal:
    /今回|今だけ|とりあえず|一旦|今日|この ?(?:PR|プルリク)|このファイル|この関数|このテスト|このブランチ|このコミット|このタスク|#\d+/u,
  leadIn: /^(?:はい|いいえ|いや|では|それでは|あと|なお|ちなみに|違います)[、,。！\s]{1,3}/u,
  standing: STANDING_CUES.japanese,
  norm: NORMS.japanese,
};

const QUESTION_END = /[?？]["')\]»”]?$/u;
const LATIN = [GERMAN, FRENCH, PORTUGUESE, SPANISH] as const;
const POINTER =
  /(?<!\p{L})(?:das|dies|eso|esto|ça|cela|isso|isto)(?=$|[\s]{0,2}[.,;!]| nie| nicht| mehr| wieder| nunca| más| jamais| plus| mais)|^(?:以后|今后)?(?:不要|别)(?:再)?(?:这样|那样|这么做)|(?:これ|それ|そう)(?:は|を)?(?:しないで|やめて)/iu;

/** Reads a sentence in German, Spanish, French, Portuguese, Chinese or Japanese. Pure; linear in its length. */
export function readOtherLanguage(sentence: string): Reading {
  const readings = languagesOf(sentence).map((language) => readAs(sentence, language));
  // Neighbours share words: what one of them cannot place, another may; what one of them doubts is doubted.
  const doubted = readings.find((one) => one.kind === 'refused' && one.reason !== REASONS.behaviour);
  return (
    doubted ??
    readings.find((one) => one.kind === 'instruction') ??
    readInOtherWords(sentence) ??
    readings.find((one) => one.kind === 'refused') ??
    NOTHING
  );
}

function readInOtherWords(sentence: string): Reading | undefined {
  const text = sentence.trim().replace(/[.!\s]{1,20}$/u, '');
  return isItalianOrDutchRule(text) ? { kind: 'instruction', strength: 'durable', rule: text } : undefined;
}

function languagesOf(sentence: string): readonly Language[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(sentence)) return [JAPANESE];
  if (/\p{Script=Han}/u.test(sentence)) return [CHINESE];
  return LATIN;
}

function readAs(sentence: string, language: Language): Reading {
  const text = withoutLeadIn(sentence, language);
  const { standing } = language;
  const remembered = language.remember.exec(text);
  const normal = language.norm.test(text) && !NORM_TASK.test(text);
  const formed = normal || standing.form.test(text) || standing.lasting.test(text);
  if (remembered === null && !formed && !language.scope.test(text) && !language.frequency.test(text)) return NOTHING;
  if (QUESTION_END.test(text)) return refused(REASONS.question);
  if (language.taskLocal.test(text)) return refused(REASONS.taskLocal);
  if (remembered !== null) {
    const rule = (text.slice(0, remembered.index) + ' ' + text.slice(remembered.index + remembered[0].length)).trim();
    return { kind: 'instruction', strength: 'explicit', rule };
  }
  const core = withoutScope(text, language);
  if (POINTER.test(core)) return refused(REASONS.unclear);
  if (standing.doubt.test(text)) return refused(REASONS.doubtful);
  if (formed) return { kind: 'instruction', strength: 'durable', rule: text };
  if (language.statement.test(core)) return refused(REASONS.behaviour);
  if (!language.instruction.test(core) && !language.instruction.test(text)) return refused(REASONS.behaviour);
  return { kind: 'instruction', strength: 'durable', rule: text };
}

/** An instruction in another language without any durable word; undefined for anything else. */
export function readPlainOther(sentence: string): string | undefined {
  for (const language of languagesOf(sentence)) {
    const text = withoutLeadIn(sentence, language).replace(/[.!。！\s]{1,40}$/u, '');
    if (!language.standing.plain.test(text)) continue;
    if (QUESTION_END.test(text) || language.taskLocal.test(text) || POINTER.test(text)) return undefined;
    return language.standing.doubt.test(text) ? undefined : text;
  }
  return undefined;
}

function withoutScope(text: string, language: Language): string {
  const found = language.scope.exec(text);
  if (found === null || found.index > 0) return text;
  return text
    .slice(found[0].length)
    .replace(/^[\s,，、:：;–—-]+/u, '')
    .trim();
}

function withoutLeadIn(sentence: string, language: Language): string {
  let text = sentence.trim();
  for (let round = 0; round < 4; round += 1) {
    const shorter = text.replace(language.leadIn, '').trim();
    if (shorter === '' || shorter === text) break;
    text = shorter;
  }
  return text;
}
