import type { Policy } from '../decide/policy.ts';
import { statusName, USUAL_STATUS_NAMES } from '../domain/status-names.ts';
import type { Status } from '../domain/ticket.ts';
import { type InLanguages, type Speaking, wordsFor } from './page-language.ts';

/** What the page of a ticket says by itself. */
export interface PortalWords {
  /** Of the language, for browsers and for dates. */
  locale: string;
  sent: string;
  /** Names the conversation to who cannot see it. */
  talk: string;
  /** Stands for a requester of whom no name is known. */
  you: string;
  /** Stands for a file without a name. */
  file: string;
  answer: string;
  /** The same over the box of a ticket that counts as done. */
  again: string;
  files: string;
  filesHint: string;
  send: string;
  closed: string;
  solved: string;
  /** Of statuses to which the desk gives no names of its own. */
  statuses: Readonly<Record<Status, string>>;
}

const WORDS: InLanguages<PortalWords> = {
  en: {
    locale: 'en-GB',
    sent: 'Thank you, we have it. It stands here in a moment.',
    talk: 'What was said',
    you: 'You',
    file: 'File',
    answer: 'Your answer',
    again: 'Not solved, or something new?',
    files: 'Files',
    filesHint: 'Only if they help.',
    send: 'Send',
    closed: 'This request is closed. What you write becomes a new one.',
    solved: 'This is solved',
    statuses: {
      new: 'New',
      open: 'Open',
      pending: 'Pending',
      on_hold: 'On hold',
      needs_info: 'Needs info',
      resolved: 'Resolved',
      closed: 'Closed',
    },
  },
  de: {
    locale: 'de',
    sent: 'Danke, es ist angekommen. Gleich steht es hier.',
    talk: 'Was gesagt wurde',
    you: 'Sie',
    file: 'Datei',
    answer: 'Ihre Antwort',
    again: 'Nicht gelöst, oder etwas Neues?',
    files: 'Dateien',
    filesHint: 'Nur wenn sie helfen.',
    send: 'Senden',
    closed: 'Diese Anfrage ist abgeschlossen. Was Sie schreiben, wird eine neue.',
    solved: 'Das ist gelöst',
    statuses: {
      new: 'Neu',
      open: 'In Arbeit',
      pending: 'Wartet',
      on_hold: 'Zurückgestellt',
      needs_info: 'Angaben fehlen',
      resolved: 'Gelöst',
      closed: 'Geschlossen',
    },
  },
  es: {
    locale: 'es',
    sent: 'Gracias, lo hemos recibido. Aparecerá aquí en un momento.',
    talk: 'Lo que se ha dicho',
    you: 'Usted',
    file: 'Archivo',
    answer: 'Su respuesta',
    again: '¿No está resuelto, o es algo nuevo?',
    files: 'Archivos',
    filesHint: 'Solo si ayudan.',
    send: 'Enviar',
    closed: 'Esta solicitud está cerrada. Lo que escriba será una nueva.',
    solved: 'Está resuelto',
    statuses: {
      new: 'Nueva',
      open: 'En curso',
      pending: 'Pendiente',
      on_hold: 'En espera',
      needs_info: 'Faltan datos',
      resolved: 'Resuelta',
      closed: 'Cerrada',
    },
  },
  fr: {
    locale: 'fr',
    sent: 'Merci, nous l’avons bien reçu. Votre message sera ici dans un instant.',
    talk: 'Ce qui a été dit',
    you: 'Vous',
    file: 'Fichier',
    answer: 'Votre réponse',
    again: 'Pas résolu, ou autre chose ?',
    files: 'Fichiers',
    filesHint: 'Seulement s’ils sont utiles.',
    send: 'Envoyer',
    closed: 'Cette demande est close. Ce que vous écrivez en deviendra une nouvelle.',
    solved: 'C’est résolu',
    statuses: {
      new: 'Nouvelle',
      open: 'En cours',
      pending: 'En attente',
      on_hold: 'Suspendue',
      needs_info: 'Informations manquantes',
      resolved: 'Résolue',
      closed: 'Close',
    },
  },
};

/** The words of the page of a ticket. */
export function portalWords(speaking: Speaking): PortalWords {
  return wordsFor(WORDS, speaking);
}

/** What a status is called on the page: as the desk calls it, or in the language of the page where it has no name of its own. */
export function statusOnPage(words: PortalWords, desk: Pick<Policy['desk'], 'statuses'>, status: Status): string {
  const name = statusName(desk.statuses, status);
  return name === statusName(USUAL_STATUS_NAMES, status) ? words.statuses[status] : name;
}
