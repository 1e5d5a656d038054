import type { Score } from '../domain/follow-up.ts';
import { type InLanguages, type Speaking, wordsFor } from './page-language.ts';

/** What the survey says by itself. */
export interface SurveyWords {
  /** Of the language, for browsers. */
  locale: string;
  title: string;
  /** Stands before the number of the ticket. */
  request: string;
  question: string;
  missing: string;
  scores: Readonly<Record<Score, string>>;
  comment: string;
  commentHint: string;
  send: string;
  thanks: string;
  arrived: string;
  /** The same with the score behind it. */
  arrivedAs: string;
  change: string;
}

const WORDS: InLanguages<SurveyWords> = {
  en: {
    locale: 'en',
    title: 'How was it?',
    request: 'Your request',
    question: 'How content are you with how we handled it?',
    missing: 'Please choose one of the five.',
    scores: {
      5: 'Very content',
      4: 'Content',
      3: 'In between',
      2: 'Not content',
      1: 'Not content at all',
    },
    comment: 'Anything else?',
    commentHint: 'Only if you like.',
    send: 'Send',
    thanks: 'Thank you',
    arrived: 'Your answer is with us.',
    arrivedAs: 'Your answer is with us:',
    change: 'Change it',
  },
  de: {
    locale: 'de',
    title: 'Wie war es?',
    request: 'Ihre Anfrage',
    question: 'Wie zufrieden sind Sie damit, wie wir sie bearbeitet haben?',
    missing: 'Bitte wählen Sie eine der fünf Antworten.',
    scores: {
      5: 'Sehr zufrieden',
      4: 'Zufrieden',
      3: 'Teils, teils',
      2: 'Nicht zufrieden',
      1: 'Gar nicht zufrieden',
    },
    comment: 'Sonst noch etwas?',
    commentHint: 'Nur wenn Sie mögen.',
    send: 'Senden',
    thanks: 'Vielen Dank',
    arrived: 'Ihre Antwort ist bei uns.',
    arrivedAs: 'Ihre Antwort ist bei uns:',
    change: 'Ändern',
  },
  es: {
    locale: 'es',
    title: '¿Qué tal fue?',
    request: 'Su solicitud',
    question: '¿Cómo valora nuestra atención?',
    missing: 'Por favor, elija una de las cinco respuestas.',
    scores: {
      5: 'Muy buena',
      4: 'Buena',
      3: 'Regular',
      2: 'Mala',
      1: 'Muy mala',
    },
    comment: '¿Algo más?',
    commentHint: 'Solo si lo desea.',
    send: 'Enviar',
    thanks: 'Gracias',
    arrived: 'Hemos recibido su respuesta.',
    arrivedAs: 'Hemos recibido su respuesta:',
    change: 'Cambiarla',
  },
  fr: {
    locale: 'fr',
    title: 'Comment était-ce ?',
    request: 'Votre demande',
    question: 'Que pensez-vous de la façon dont nous l’avons traitée ?',
    missing: 'Veuillez choisir l’une des cinq réponses.',
    scores: {
      5: 'Très bien',
      4: 'Bien',
      3: 'Moyen',
      2: 'Pas bien',
      1: 'Pas bien du tout',
    },
    comment: 'Autre chose ?',
    commentHint: 'Seulement si vous le souhaitez.',
    send: 'Envoyer',
    thanks: 'Merci',
    arrived: 'Nous avons bien reçu votre réponse.',
    arrivedAs: 'Nous avons bien reçu votre réponse :',
    change: 'La modifier',
  },
};

/** The words of the survey of a ticket. */
export function surveyWords(speaking: Speaking): SurveyWords {
  return wordsFor(WORDS, speaking);
}
