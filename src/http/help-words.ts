import { type InLanguages, type Speaking, wordsFor } from './page-language.ts';

/** What the help pages say by themselves, and what is said where articles are suggested. */
export interface HelpWords {
  /** Of the language, for browsers. */
  locale: string;
  title: string;
  search: string;
  find: string;
  nothingFound: string;
  nothingYet: string;
  /** Stands over articles of no category. */
  others: string;
  readOn: string;
  back: string;
  ask: string;
  didItHelp: string;
  answered: string;
  thanks: string;
  /** Over articles that are suggested while somebody writes. */
  mayHelp: string;
  /** Without a script, looks for articles before the form is sent. */
  lookFirst: string;
  noneFits: string;
}

const WORDS: InLanguages<HelpWords> = {
  en: {
    locale: 'en',
    title: 'Help',
    search: 'What is it about?',
    find: 'Find',
    nothingFound: 'Nothing here seems to answer that.',
    nothingYet: 'Nothing stands here yet.',
    others: 'More',
    readOn: 'Read more',
    back: 'All articles',
    ask: 'Ask us',
    didItHelp: 'Did that answer it?',
    answered: 'That answered it',
    thanks: 'Good to hear. Nothing was sent; you can close this page.',
    mayHelp: 'This may answer it',
    lookFirst: 'Look for an answer first',
    noneFits: 'No article fits what you wrote. Send it, and somebody answers.',
  },
  de: {
    locale: 'de',
    title: 'Hilfe',
    search: 'Worum geht es?',
    find: 'Suchen',
    nothingFound: 'Hier scheint nichts darauf zu antworten.',
    nothingYet: 'Hier steht noch nichts.',
    others: 'Weiteres',
    readOn: 'Mehr lesen',
    back: 'Alle Artikel',
    ask: 'Uns fragen',
    didItHelp: 'Hat das geholfen?',
    answered: 'Das hat geholfen',
    thanks: 'Das freut uns. Es wurde nichts gesendet; Sie können die Seite schließen.',
    mayHelp: 'Das könnte helfen',
    lookFirst: 'Erst nach einer Antwort suchen',
    noneFits: 'Kein Artikel passt zu dem, was Sie geschrieben haben. Senden Sie es ab, und jemand antwortet.',
  },
  es: {
    locale: 'es',
    title: 'Ayuda',
    search: '¿De qué se trata?',
    find: 'Buscar',
    nothingFound: 'Nada aquí parece responder a eso.',
    nothingYet: 'Aquí no hay nada todavía.',
    others: 'Más',
    readOn: 'Leer más',
    back: 'Todos los artículos',
    ask: 'Preguntarnos',
    didItHelp: '¿Le ha ayudado?',
    answered: 'Me ha ayudado',
    thanks: 'Nos alegra. No se ha enviado nada; puede cerrar esta página.',
    mayHelp: 'Esto puede ayudarle',
    lookFirst: 'Buscar antes una respuesta',
    noneFits: 'Ningún artículo corresponde a lo que ha escrito. Envíelo y alguien le responderá.',
  },
  fr: {
    locale: 'fr',
    title: 'Aide',
    search: 'De quoi s’agit-il ?',
    find: 'Chercher',
    nothingFound: 'Rien ici ne semble y répondre.',
    nothingYet: 'Il n’y a encore rien ici.',
    others: 'Autres',
    readOn: 'Lire la suite',
    back: 'Tous les articles',
    ask: 'Nous demander',
    didItHelp: 'Cela vous a-t-il aidé ?',
    answered: 'Cela m’a aidé',
    thanks: 'Tant mieux. Rien n’a été envoyé ; vous pouvez fermer cette page.',
    mayHelp: 'Ceci peut vous aider',
    lookFirst: 'Chercher d’abord une réponse',
    noneFits: 'Aucun article ne correspond à ce que vous avez écrit. Envoyez-le, et quelqu’un répondra.',
  },
};

/** The words of a page, in the language of who reads it. */
export function helpWords(speaking: Speaking): HelpWords {
  return wordsFor(WORDS, speaking);
}
