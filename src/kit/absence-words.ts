/** How answering machines begin a subject, in English, German, French and Spanish. */
const SUBJECT =
  /^\s*(?:(?:re|aw|sv|antw|tr|rv|fwd?|wg)\s*:\s*)*(?:auto(?:matic|mated)?[- ]?(?:reply|response)|out[- ]of[- ](?:the[- ])?office|away from (?:the |my )?(?:office|mail|desk)|automatische (?:antwort|e-?mail-?antwort)|abwesenheits(?:notiz|nachricht|meldung|assistent)|(?:bin )?nicht im (?:büro|haus)|réponse automatique|r[ée]ponse d'absence|absence du bureau|(?:message|avis|notification) d[e']\s?absence|respuesta autom[aá]tica|fuera de (?:la )?oficina|ausente de la oficina|mensaje de ausencia)(?![\p{L}\p{N}])/iu;

/** What they say then. */
const TEXT: readonly RegExp[] = [
  /\b(?:I am|I'm|I will be|I'll be) (?:\w+ ){0,3}(?:out of (?:the )?office|away|on (?:\w+ )?(?:leave|vacation|holiday)|not in the office|back on)\b/iu,
  /\b(?:ich bin|bin ich) (?:[\p{L}\d.]+ ){0,6}(?:nicht im (?:büro|haus)|abwesend|im urlaub|außer haus|nicht erreichbar)(?!\p{L})/iu,
  /\bje (?:suis|serai) (?:\p{L}+ ){0,3}(?:absente?|en cong[ée]s?|en vacances|hors du bureau)(?!\p{L})/iu,
  /\b(?:estoy|estaré|me encuentro|me encontraré) (?:\p{L}+ ){0,3}(?:fuera de (?:la )?oficina|ausente|de vacaciones)(?!\p{L})/iu,
];

/** Longer texts than an answering machine sends are not read to their end. */
const LONGEST_READ = 2000;

/** Whether a subject is that of an answering machine. */
export function isAbsence(subject: string): boolean {
  return SUBJECT.test(subject);
}

/** Whether somebody says in a text that they are not there. */
export function saysAbsence(text: string): boolean {
  const beginning = text.slice(0, LONGEST_READ);
  return TEXT.some((pattern) => pattern.test(beginning));
}
