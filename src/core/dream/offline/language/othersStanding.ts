/** What outlasts a task in other languages besides frequency words, and what only sounds as if it did. */
export interface StandingCues {
  /** From a time on, as a rule: whatever is asked for after it holds, verb or no verb. */
  readonly lasting: RegExp;
  /** A sentence that is a standing rule by its form: "we use … here", "I prefer …", "our convention is …". */
  readonly form: RegExp;
  /** It weighs, imagines, or tells what somebody else says; or it complains. */
  readonly doubt: RegExp;
  /** An instruction or a ban without any durable word: it takes recurrence to make a rule of it. */
  readonly plain: RegExp;
}

export const STANDING_CUES = {
  german: {
    lasting:
      /^(?:in|f(?:ü|ue)r) (?:diese[mrns]?|unser(?:e[mrns]?)?) \p{L}{3,14} gilt(?: immer| grunds(?:ä|ae)tzlich| ab jetzt)?\s?:|^(?:hier|bei uns|ab jetzt|generell|(?:ü|ue)berall|immer|f(?:ü|ue)r alles?) gilt\s?:|^(?:ein f(?:ü|ue)r alle ?mal|dauerhaft|prinzipiell|generell)[:,]? |^(?:bei|vor|nach) jede[mrs] (?:(?:ä|ae)nderung|commit|sitzung|session|aufgabe)[:,]? |^(?:ab jetzt|ab sofort|von jetzt an|von nun an|k(?:ü|ue)nftig|in zukunft|grunds(?:ä|ae)tzlich|standardm(?:ä|ae)(?:ß|ss)ig|in der regel)(?!\p{L})|^(?:jedes mal,? wenn|immer wenn|wann immer|sobald|bevor|nachdem) (?:du|wir|ihr)(?!\p{L})/iu,
    form: /^(?:wir (?:verwenden|benutzen|nutzen|schreiben|machen|testen|arbeiten|benennen|committen) (?:hier |bei uns )|hier (?:verwenden|benutzen|nutzen|schreiben|machen) wir |bei uns (?:werden?|wird|ist|sind|gilt|hei(?:ß|ss)en|nutzen|verwenden|schreiben)|(?:unsere|die) (?:konvention|regel|vorgabe)(?: hier)? (?:ist|lautet)|(?:neue |allgemeine )?(?:regel|konvention|vorgabe):|ich (?:bevorzuge|mag lieber|ziehe) (?!das |die |den |dies|diese|option|variante)|ich (?:m(?:ö|oe)chte|will|h(?:ä|ae)tte gerne?),? dass (?:du|ihr) (?:immer|nie|niemals|stets|k(?:ü|ue)nftig)|h(?:ö|oe)r(?:t)?(?: bitte)? auf,? |bitte (?:immer|nie|niemals|stets) )/iu,
    doubt:
      /^(?:vielleicht|eventuell|m(?:ö|oe)glicherweise|was w(?:ä|ae)re|wenn wir|k(?:ö|oe)nnten wir|sollten wir|ich (?:\p{L}+ )?(?:vergesse|frage mich)|man k(?:ö|oe)nnte)(?!\p{L})|(?<!\p{L})(?:sagt|sagte|meint|meinte|behauptet|schreibt),? |laut (?:der |dem )?(?:doku|readme)|n(?:ä|ae)chste woche|morgen(?!\p{L})/iu,
    plain:
      /^(?:bitte )?(?:(?:verwend|benutz|nutz|schreib|f(?:ü|ue)hr|mach|lass|start|test|pr(?:ü|ue)f|antwort|nimm|leg|setz|f(?:ü|ue)g|frag|erstell|l(?:ö|oe)sch|push|gib|bau|installier|formatier|lies|ruf|halt|ander|(?:ä|ae)nder|mock|fass|commit|committ|benenn)(?:e|et|en|t)?|kein(?:e|en)?|nicht|du (?:sollst|solltest|musst|darfst)|wir (?:verwenden|benutzen|nutzen))\s/iu,
  },
  spanish: {
    lasting:
      /^(?:de una vez por todas|para siempre|en cada (?:cambio|commit|sesi(?:ó|o)n|tarea))[:,] |^cada vez, |^(?:a partir de ahora|de ahora en adelante|desde ahora|en el futuro|en adelante|por (?:defecto|regla general|norma)|como (?:regla|norma)(?: general)?)(?!\p{L})|^(?:cada vez que|siempre que|antes de|despu(?:é|e)s de) (?:cambies|hagas|a(?:ñ|n)adas|agregues|modifiques|crees|edites|toques|renombres|borres|termines|subas)(?!\p{L})/iu,
    form: /^(?:(?:aqu(?:í|i)|en este (?:repo|repositorio|proyecto)|en nuestro (?:repo|proyecto|equipo)),? (?:no )?(?:usamos|utilizamos|escribimos|hacemos|ponemos|nombramos|preferimos|trabajamos)|(?:usamos|utilizamos|escribimos|hacemos) .{2,80} aqu(?:í|i)(?!\p{L})|(?:nuestra|la) (?:convenci(?:ó|o)n|regla|norma)(?: aqu(?:í|i))? es|(?:nueva )?(?:regla|norma|convenci(?:ó|o)n):|prefiero (?!el |la |los |las |esa|ese|esta|este|eso|esto|la opci(?:ó|o)n|que lo|esperar)|quiero que (?:siempre|nunca)|(?:deja|para) de \p{L}+r |por favor,? (?:nunca|siempre|no \p{L}+ nunca))/iu,
    doubt:
      /^(?:quiz(?:á|a)s?|tal vez|a lo mejor|y si|si (?:siempre|nunca)|podr(?:í|i)amos|deber(?:í|i)amos|me pregunto|siempre (?:se |me |que |hay|falla|pasa|sale|da|lo)|nunca (?:funciona|se |me |lo |la |he |ha |pasa|entend|hab(?:í|i)a))|(?<!\p{L})(?:dice|dijo|dicen|seg(?:ú|u)n) |la (?:pr(?:ó|o)xima semana)|ma(?:ñ|n)ana(?!\p{L})/iu,
    plain:
      /^(?:por favor,? )?(?:(?:usa|utiliza|escribe|ejecuta|haz|pon|responde|corre|crea|a(?:ñ|n)ade|agrega|mant(?:é|e)n|prueba|evita|contesta|instala|formatea|pasa|llama|pregunta|borra)|no (?:uses|utilices|escribas|ejecutes|hagas|pongas|crees|agregues|a(?:ñ|n)adas|borres|subas|modifiques|instales|toques|edites|cambies|mockees|simules|metas|llames))\s/iu,
  },
  french: {
    lasting:
      /^(?:à|a) chaque (?:fois|commit|changement|session|modification|t(?:â|a)che)\s?[:,] |^(?:une fois pour toutes|pour la suite|pour toutes les sessions|pour toujours|en permanence)\s?[:,] |^(?:d(?:é|e)sormais|dor(?:é|e)navant|(?:à|a) partir de maintenant|(?:à|a) l['’]avenir|par d(?:é|e)faut|en r(?:è|e)gle g(?:é|e)n(?:é|e)rale)(?!\p{L})|^(?:(?:à |a )?chaque fois que|d(?:è|e)s que|quand) (?:tu|on|nous|vous)(?!\p{L})(?=.{0,160}(?:toujours|jamais)|.{3,160}, \p{L}+)/iu,
    form: /^(?:(?:ici|chez nous|dans (?:ce|notre) (?:repo|d(?:é|e)p(?:ô|o)t|projet)),? (?:on|nous) (?:n['’]|ne )?(?:utilis|(?:é|e)cri|fai|lan|nomm|met|pr(?:é|e)f(?:é|è|e)r|travaill)\p{L}+|(?:on|nous) (?:utilise|utilisons|(?:é|e)crit|(?:é|e)crivons) .{2,80} ici(?!\p{L})|(?:notre|la) (?:convention|r(?:è|e)gle)(?: ici)? (?:est|c['’]est|veut)|(?:nouvelle )?(?:r(?:è|e)gle|convention) ?:|je pr(?:é|e)f(?:è|e)re (?!le |la |les |cette|ce |ça|celle|celui|l['’]option|attendre)|je veux que tu (?:ne )?(?:\p{L}+ )?(?:toujours|jamais)|arr(?:ê|e)te(?:z)? d(?:e |['’])\p{L}+|il (?:ne )?faut (?:jamais|toujours) |(?:merci de|stp|s['’]il te pla(?:î|i)t) (?:ne (?:jamais|plus)|toujours) )/iu,
    doubt:
      /^(?:peut-(?:ê|e)tre|et si|si on|on (?:pourrait|devrait)|je me demande|j['’]oublie|imagin|toujours (?:le|la|les|pas|en|aussi)(?!\p{L}))|(?<!\p{L})(?:dit|disent|a dit|selon|d['’]apr(?:è|e)s) |la semaine prochaine|demain(?!\p{L})/iu,
    plain:
      /^(?:(?:utilise|(?:é|e)cris|lance|ex(?:é|e)cute|mets|r(?:é|e)ponds|fais|ajoute|cr(?:é|e)e|teste|v(?:é|e)rifie|(?:é|e)vite|garde|installe|formate|appelle|passe|demande|supprime)(?:z)?\s|n['’](?:utilise|ajoute|(?:é|e)cris|ex(?:é|e)cute|installe|appelle|invente)\p{L}{0,2} pas|ne (?:fais|mets|cr(?:é|e)e|pousse|supprime|touche|modifie|commite|lance|commit|laisse|mocke|simule|change)\p{L}{0,2} (?:pas|plus)|pas de )/iu,
  },
  portuguese: {
    lasting:
      /^(?:de uma vez por todas|para sempre|a cada (?:commit|mudan(?:ç|c)a|sess(?:ã|a)o|tarefa))[:,] |^toda vez, |^(?:a partir de agora|de agora em diante|daqui (?:para|pra) (?:a )?frente|daqui em diante|no futuro|por padr(?:ã|a)o|via de regra|como regra(?: geral)?|em geral)(?!\p{L})|^(?:toda vez que|cada vez que|sempre que|antes de|depois de) (?:voc(?:ê|e) )?(?:mudar|alterar|adicionar|criar|modificar|editar|fizer|fazer|renomear|apagar|terminar|mexer|subir|tocar)(?!\p{L})/iu,
    form: /^(?:(?:aqui|neste (?:repo|reposit(?:ó|o)rio|projeto)|no nosso (?:repo|projeto|time)),? (?:n(?:ó|o)s |a gente )?(?:n(?:ã|a)o )?(?:usamos|usa|utilizamos|escrevemos|fazemos|colocamos|preferimos|trabalhamos)|(?:usamos|utilizamos|escrevemos|fazemos|a gente usa) .{2,80} aqui(?!\p{L})|(?:nossa|a) (?:conven(?:ç|c)(?:ã|a)o|regra)(?: aqui)? (?:é|e) |(?:nova )?(?:regra|conven(?:ç|c)(?:ã|a)o):|(?:eu )?prefiro (?!o |a |os |as |essa|esse|esta|este|isso|isto|esperar|que )|quero que (?:voc(?:ê|e) )?(?:sempre|nunca)|(?:pare|para|deixe|chega) de \p{L}+r |por favor,? (?:nunca|sempre) )/iu,
    doubt:
      /^(?:talvez|quem sabe|e se|se (?:sempre|nunca)|poder(?:í|i)amos|dever(?:í|i)amos|ser(?:á|a) que|eu (?:sempre|nunca)|nunca (?:funciona|vi|tinha|d(?:á|a)|mais vi|aconteceu)|sempre (?:d(?:á|a)|falha|quebra|esque(?:ç|c)o|acontece|o|a)(?!\p{L}))|(?<!\p{L})(?:disse|diz|dizem|segundo) |semana que vem|amanh(?:ã|a)(?!\p{L})/iu,
    plain:
      /^(?:por favor,? )?(?:(?:use|utilize|escreva|rode|execute|fa(?:ç|c)a|coloque|responda|crie|adicione|mantenha|teste|evite|instale|formate|chame|pergunte|passe)|n(?:ã|a)o (?:use|utilize|escreva|execute|rode|fa(?:ç|c)a|coloque|crie|adicione|apague|suba|modifique|instale|commite|toque|edite|altere|mexa|mocke|simule|chame))\s/iu,
  },
  chinese: {
    lasting: /^(?:从现在开始|从现在起|从今以后|今后|以后|默认(?:情况下)?|一般情况下|原则上|每次|每当|一律)/u,
    form: /^(?:我们(?:这里|这边|项目里?|团队)(?:都|统一|只|一直)?(?:用|使用|不用|写|采用)|(?:这里|这边)(?:都|统一|只)?(?:用|使用|不用)|我们(?:都|统一|只)?(?:用|使用).{1,40}，?(?:不用|而不是)|我们的(?:约定|规范|规则|惯例)(?:是)?|(?:新)?(?:规则|约定|规范)[：:]|(?:在)?(?:这个|本)(?:项目|仓库|代码库)(?:里|中|内)?.{0,20}(?:都|统一|一律|必须|只|不要|使用|用)|我(?:更)?(?:喜欢|偏好)(?!这个|那个|第)|(?:请)?(?:不要再|别再)|提交(?:之)?前(?:必须|要|先|都要))/u,
    doubt:
      /^(?:也许|可能|或许|如果我们|要是|我们是不是|我在想|我(?:总是|老是|从来|一直))|(?:说(?:过)?(?:要|应该|必须|总是)|据.{1,10}说|文档(?:里)?说)|下周|明天|(?:这个|它)从来(?:不|没)|每次[^，,]{0,10}(?:都)?(?:会)?(?:崩溃|报错|失败|出错|卡住|超时)|以前/u,
    plain: /^(?:请)?(?:不要|别|用|使用|改用|运行|写|提交|避免|优先|先|必须|应该)/u,
  },
  japanese: {
    lasting:
      /^(?:今後(?:は)?|これから(?:は)?|以後|デフォルトでは?|原則(?:として)?|基本的に(?:は)?|毎回)|(?:する|した|の)(?:たび|度)に/u,
    form: /^(?:ここでは|うちでは|(?:この|本)(?:リポジトリ|プロジェクト)では|私たちは|チームでは).{1,60}(?:使い(?:ます|ません)|使う|使わない|書きます|書く|統一(?:する|します|しています)|です|にします)[。！]?$|(?:規約|ルール|約束事|慣例)(?:では|は|として)|(?:新しい)?ルール[：:]|(?:が好みです|のほうが好き(?:です)?|を好みます|が好きです)[。！]?$|(?:^|.{1,20})もう.{0,60}(?:しないで|書かないで|使わないで|入れないで|つけないで|付けないで)|(?:絶対に?)[。！]?$/u,
    doubt:
      /^(?:たぶん|もし|もしかして|多分|仮に)|(?:かも(?:しれない|しれません)?|かな|だろうか|でしょうか)[。？?]?$|(?:と言って|と言った|によると|って言って)|来週|明日|(?:いつも|毎回)(?:忘れ|失敗|落ち|エラー)/u,
    plain:
      /(?:しないで(?:ください)?|ないでください|は使わないで(?:ください)?|ではなく.{1,40}(?:を使って|で|に)(?:ください)?|を使って(?:ください)?|にして(?:ください)?|してください|やめて(?:ください)?)[。！]?$/u,
  },
} as const satisfies Record<string, StandingCues>;
