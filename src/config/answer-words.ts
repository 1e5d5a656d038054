/**
 * What stands in every letter that nobody of the team wrote for this request. To say that it is solved is one of the
 * words that `decide/gratitude` knows; anything else brings a person.
 */
const WORDS: Readonly<Record<string, string>> = {
  en: 'This answer was sent automatically. If it does not help, just answer this message, with the word “person” or whatever you want to add: somebody of our team reads it, with all that was said here. If it helped, answer “Solved”.',
  de: 'Diese Antwort ging automatisch an Sie. Wenn sie nicht hilft, antworten Sie einfach, mit dem Wort „Mensch“ oder was Sie noch sagen möchten: Jemand aus unserem Team liest es, mit allem, was hier gesagt wurde. Wenn sie geholfen hat, antworten Sie „Gelöst“.',
  es: 'Esta respuesta se ha enviado automáticamente. Si no le ayuda, responda a este mensaje, con la palabra «persona» o con lo que quiera añadir: alguien de nuestro equipo lo leerá, con todo lo dicho aquí. Si le ha ayudado, responda «Resuelto».',
  fr: 'Cette réponse a été envoyée automatiquement. Si elle ne vous aide pas, répondez à ce message, avec le mot « personne » ou ce que vous voulez ajouter : quelqu’un de notre équipe le lira, avec tout ce qui a été dit ici. Si elle vous a aidé, répondez « Résolu ».',
};

/** How whoever was answered by an article reaches a person, in their language, else in English. */
export function wayToPerson(language: string): string {
  return WORDS[language] ?? WORDS['en'] ?? '';
}
