/** What a word of time points to, seen from the day it was written. */
export type TimeUnit = 'day' | 'week' | 'month' | 'year' | 'sprint';

/** A word or phrase for a time that lies `offset` units away. `words` are alternatives, as the source of a pattern. */
export interface TimeWords {
  readonly unit: TimeUnit;
  readonly offset: number;
  readonly words: string;
}

/** Simple forms in English, German, Spanish, French, Portuguese; those of Chinese and Japanese stand alone, below. */
export const TIME_WORDS: readonly TimeWords[] = [
  { unit: 'day', offset: 0, words: "today|heute|hoy|aujourd['’]hui|hoje" },
  { unit: 'day', offset: -1, words: 'yesterday|gestern|ayer|hier|ontem' },
  { unit: 'day', offset: -2, words: 'the day before yesterday|vorgestern|anteayer|avant-hier|anteontem' },
  { unit: 'day', offset: 1, words: 'tomorrow|morgen|mañana|demain|amanhã' },
  {
    unit: 'week',
    offset: -1,
    words: 'last week|letzte[rn]? woche|vorige[rn]? woche|la semana pasada|la semaine dernière|(?:n?a )?semana passada',
  },
  {
    unit: 'week',
    offset: 1,
    words:
      'next week|nächste[rn]? woche|la próxima semana|la semana que viene|la semaine prochaine|(?:n?a )?próxima semana|semana que vem',
  },
  { unit: 'week', offset: 0, words: 'this week|diese[rn]? woche|esta semana|cette semaine' },
  {
    unit: 'month',
    offset: -1,
    words: 'last month|letzte[nr] monat|vorige[nr] monat|el mes pasado|le mois dernier|(?:n?o )?mês passado',
  },
  {
    unit: 'month',
    offset: 1,
    words: 'next month|nächste[nr] monat|el próximo mes|le mois prochain|(?:n?o )?próximo mês',
  },
  { unit: 'month', offset: 0, words: 'this month|diese[nmrs] monat|este mes|ce mois(?:-ci)?|este mês' },
  { unit: 'year', offset: -1, words: "last year|letztes jahr|el año pasado|l[’']année dernière|(?:n?o )?ano passado" },
  {
    unit: 'year',
    offset: 1,
    words: "next year|nächstes jahr|el próximo año|l[’']année prochaine|(?:n?o )?próximo ano",
  },
  { unit: 'sprint', offset: 0, words: 'this sprint|diese[nmrs] sprint|este sprint|ce sprint' },
];

/** Chinese and Japanese write no space between words. */
export const TIME_WORDS_CJK: readonly TimeWords[] = [
  { unit: 'day', offset: 0, words: '今天|今日' },
  { unit: 'day', offset: -1, words: '昨天|昨日' },
  { unit: 'day', offset: 1, words: '明天|明日' },
  { unit: 'week', offset: -1, words: '上周|上个星期|先週' },
  { unit: 'week', offset: 1, words: '下周|下个星期|来週' },
  { unit: 'week', offset: 0, words: '本周|这周|今週' },
  { unit: 'month', offset: -1, words: '上个月|先月' },
  { unit: 'month', offset: 1, words: '下个月|来月' },
  { unit: 'month', offset: 0, words: '本月|这个月|今月' },
];

/** Names of the days from Monday on, per language, in lower case. */
export const WEEKDAYS: readonly (readonly string[])[] = [
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag'],
  ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
  ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  ['segunda', 'terça', 'quarta', 'quinta', 'sexta', 'sábado', 'domingo'],
];

/** What makes a day's name the next or the last one; `{day}` is the name. */
export const WEEKDAY_PHRASES: readonly { readonly direction: 1 | -1; readonly words: string }[] = [
  {
    direction: 1,
    words: 'next {day}|nächste[nr]? {day}|(?:el )?próximo {day}|{day} prochain|próxima {day}(?:-feira)?',
  },
  { direction: -1, words: 'last {day}|letzte[nr]? {day}|(?:el )?{day} pasado|{day} dernier|{day}(?:-feira)? passada' },
];

/** 下周一, 来週の月曜日: the day of that week, from Monday on. */
export const WEEKDAYS_CJK = { zh: '一二三四五六日', ja: '月火水木金土日' } as const;

/** The sentence speaks of something that happens again and again, or of no day in particular. */
export const RECURRING =
  /(?<!\p{L})(?:every|each|always|daily|weekly|stand-?ups?|jede[nmrs]?|immer|täglich|cada|siempre|todos os|todas as|sempre|chaque|toujours|if|wenn|falls|si|whether)(?!\p{L})|每|毎|如果|なら/iu;

/** Before the word: it is then a time of the day, or part of a date that is put in anew each time. */
export const NOT_AFTER =
  /(?:(?<!\p{L})(?:guten|heute|gestern|am|la|esta|por la|de la|cada|data de|fecha de|date d['’]|datum von)\s{0,2})$/iu;

/** After the word: a name in a program, a thing of each day, or "nowadays". */
export const NOT_BEFORE =
  /^(?:['’]s(?!\p{L})|[\w(-]|\s{1,3}(?:view|button|tab|page|widget|screen|panel|column|filter|en día|em dia)(?!\p{L})|\s{0,3}\(\s{0,3}\d{4}|(?:的|の)(?:日期|日付)|\s{0,3}[,:]?\s{0,3}\d{4}-\d{2})/iu;
