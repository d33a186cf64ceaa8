/** What lists of stopwords-iso lack, though it is in every text: forms of auxiliaries and of "to say", pronouns, prepositions. */

const LISTS: Record<string, string> = {
  fr: `jamais mieux fait faire fit firent faut fallait faudra peut peuvent pouvez pouvons pouvait veut veulent voulez voulait veuillez doit doivent devez devait
    sait savoir vont allait dit dire dis disent disait répondit reprit mit prit étaient était avaient avait ceux celle toujours`,
  es: `puede pueden poder debe deben tiene tienen hace hacer dijo decía podés vea`,
  it: `può possono potete deve devono viene vengono fa fare disse diceva`,
  pt: `pode podem deve devem tem têm faz fazer disse dizia`,
  uk: `або буде будуть бути був була було були має мають може можуть можете можна якщо який яка яке які яких лише щодо більше див цього цієї цих ці цю
    також коли після з із зі та й і у в на не за по при про що як це він вона воно вони ви ми тощо треба слід перед через без між під над ще вже тільки
    навіть наприклад тобто ваш ваша ваші вас вам нас нам свій своє наш наша нашу від до для чи але інших всіх`,
  hi: 'हमारे हमारी हमारा बारे अधिक जिसमें जिससे चाहते करें करने करना किया सकते सकता सकती द्वारा जैसे बाद लिए साथ जाएँ',
};

export const MORE_STOP_WORDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(LISTS).map(([language, words]) => [language, words.split(/\s+/)]),
);
