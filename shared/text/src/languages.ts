/** Languages that a text may be said to be in, and the function words that Latin ones are known by. */

export const LANGUAGES = [
  'auto',
  'en',
  'zh',
  'ja',
  'ko',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'sv',
  'da',
  'no',
  'fi',
  'pl',
  'cs',
  'hu',
  'ro',
  'tr',
  'id',
  'vi',
  'ru',
  'uk',
  'el',
  'ar',
  'fa',
  'he',
  'hi',
  'th',
] as const;
export type Language = (typeof LANGUAGES)[number];

/** Words that every sentence needs and that neighbouring languages do not share. */
const FUNCTION_WORDS: Record<string, string> = {
  en: 'the and of to a in that is was it for with as on his her he she they this be are from but have had which you i not at by',
  de: 'der die das und ist nicht ich ein eine zu den mit auf für von dem des im sich auch wie wir sie er es war aber oder einen',
  fr: 'le la les et est une un des pas que qui dans pour du au il elle ce ne sur avec plus nous vous je mais ou son se sont',
  es: 'el la los las y es una un que de en por para con no se su al lo del como pero más este esta son fue muy yo también cómo qué está estás estoy hola',
  pt: 'o a os as e é uma um que de em por para com não se ao do da dos das como mas mais foi seu sua são você também',
  it: 'il la le gli e è una un che di in per con non si al del della dei come ma più sono lo nel suo questo anche i era',
  nl: 'de het een en is niet van dat op te in ik je zijn voor met die aan er maar ook was hij zij wij om als naar bij',
  sv: 'och att det är en ett som inte på för med jag av den till har de om så men var vi han hon från eller',
  da: 'og at det er en et som ikke på for med jeg af den til har de om så men var vi han hun fra eller blev også',
  no: 'og at det er en et som ikke på for med jeg av den til har de om så men var vi han hun fra eller ble også',
  fi: 'ja on ei että se hän oli ne mutta kun niin kuin myös ovat tai joka mitä nyt vain sen minä olen hänen',
  pl: 'i w na nie że się do to jest z o jak ale po co tak za od już był była być dla przez tylko jego',
  cs: 'a je se v na že to s z do i o jako ale by co tak po za jsem od už byl byla pro jeho jen není',
  hu: 'a az és hogy nem is egy van ez volt de csak meg már ha mint még azt ki el mert vagy kell ezt',
  ro: 'și în de la nu că este un o cu pe mai din pentru se care au fost dar ce sau sunt lui dacă',
  tr: 've bir bu da de için ile çok ne o ama gibi daha var mi değil ben sen olarak kadar sonra ki olan',
  id: 'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena adalah ada mereka atau bisa',
  vi: 'và là của có không được một cho các với này trong để đã người tôi những khi như từ đó cũng nhưng',
};

/** Apostrophes say as much as words do. */
const APOSTROPHES: [form: RegExp, languages: string[]][] = [
  [/n't$|'(?:s|ll|re|ve|m)$/, ['en']],
  [/^(?:qu|j|s|m|t)'|^c'est$/, ['fr']],
  [/^(?:dell|nell|all|sull|dall|un|quell)'/, ['it']],
  [/^[ldcn]'/, ['fr', 'it']],
];

/** Words of theirs that English writes the same way. */
const ENGLISH_TOO = 'met die war an am also den on con per do no son most has plus pour men se die sin dare come sale';

const WORD_LANGUAGES = new Map<string, string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of words.split(' ')) WORD_LANGUAGES.set(word, [...(WORD_LANGUAGES.get(word) ?? []), language]);
}

for (const word of ENGLISH_TOO.split(' ')) {
  const languages = WORD_LANGUAGES.get(word);
  if (languages && !languages.includes('en')) languages.push('en');
}

/** Counts the function words of each language while words go by, and says which language it must be. */
export function createLatinDetector(): { see(word: string): void; language(): string } {
  const hits = new Map<string, number>();
  return {
    see(word) {
      const languages = word.includes("'") ? languagesOfApostrophe(word) : WORD_LANGUAGES.get(word);
      // A word that several languages have speaks for each of them, but less.
      if (languages)
        for (const language of languages) hits.set(language, (hits.get(language) ?? 0) + 1 / languages.length);
    },
    /** English where nothing speaks for another: its tagger and stop list do least harm to names and terms. */
    language() {
      const [best] = [...hits].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      return best && best[1] > (hits.get('en') ?? 0) ? best[0] : 'en';
    },
  };
}

function languagesOfApostrophe(word: string): string[] | undefined {
  return APOSTROPHES.find(([form]) => form.test(word))?.[1];
}

/** Scripts that stand for one language, well enough for a stop list. */
export const SCRIPT_LANGUAGES: [script: RegExp, language: string][] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Thai}/u, 'th'],
];

/** Languages of the same script, by the letters that only one of the two has. */
export const SCRIPT_VARIANTS: readonly ScriptVariant[] = [
  { language: 'uk', of: 'ru', letters: /[іїєґ]/gi, others: /[ыэёъ]/gi },
  { language: 'fa', of: 'ar', letters: /[پچژگکی]/g, others: /[يكةأإىؤ]/g },
];

export interface ScriptVariant {
  language: Language;
  /** What it is taken for otherwise. */
  of: Language;
  letters: RegExp;
  others: RegExp;
}
