import { topics } from './topic.ts';

/** In German. */
export const GERMAN = topics({ pace: 'usual', language: 'de' }, [
  {
    subjects: ['Rechnung {invoice} ohne USt-IdNr.', 'Rechnung für {month}'],
    text: 'auf der Rechnung {invoice} fehlt unsere USt-IdNr. Unser Steuerberater schickt sie uns deshalb zurück. Können Sie sie bitte neu ausstellen?',
    answer:
      'erledigt: Die Rechnung {invoice} liegt mit Ihrer Nummer unter Einstellungen, Rechnungen. Künftige haben sie auch.',
    ask: ['sehr gern. Wie lautet die Nummer?', 'DE {digits}{digits}1.'],
  },
  {
    subjects: ['Zahlung fehlgeschlagen', 'Abbuchung klappt nicht'],
    text: 'wir bekommen seit {weekday} die Nachricht "Zahlung fehlgeschlagen", obwohl die Karte gedeckt ist. Wird der Kalender jetzt gesperrt?',
    answer:
      'Ihre Bank hat eine Freigabe in der App verlangt. Ich habe Ihnen einen Zahlungslink geschickt; gesperrt wird nichts.',
    pace: 'soon',
  },
  {
    subjects: ['Erinnerungen kommen nicht an', 'SMS-Erinnerung geht nicht'],
    text: 'die SMS-Erinnerung geht nicht mehr: Mindestens {count} Kundinnen haben in dieser Woche keine bekommen.',
    answer:
      'ein Netz hat Ihren Absendernamen abgelehnt, weil er zu lang war. Er heißt jetzt kürzer, und die Erinnerungen von heute sind alle angekommen.',
    again: [
      'heute früh kam wieder bei zweien nichts an.',
      'diese beiden hatten Erinnerungen abbestellt. Ich habe Ihnen gezeigt, wo man das auf der Karte sieht.',
    ],
  },
  {
    subjects: ['Wie kann ich eine Pause eintragen?', 'Pause für alle'],
    text: 'wie kann ich für das ganze Team jeden Tag von 12 bis 13 Uhr eine Pause eintragen?',
    answer: 'alle Personen auswählen, die Stunde aufziehen, "Gesperrt" und täglich wiederholen.',
    pace: 'slow',
  },
  {
    subjects: ['Anmelden nicht möglich', 'Kann mich nicht anmelden'],
    text: 'ich kann mich seit heute früh nicht anmelden, obwohl das Passwort stimmt. Es ist dringend, um {time} kommt die erste Kundin.',
    answer: 'nach drei Versuchen sperrt sich die Anmeldung für 15 Minuten. Ich habe sie freigegeben.',
    pace: 'soon',
  },
  {
    subjects: ['Kündigung zum {month}', 'Wir möchten kündigen'],
    text: 'hiermit kündigen wir zum Ende von {month}. Bitte bestätigen Sie uns die Kündigung schriftlich.',
    answer:
      'Ihre Kündigung zum Ende von {month} ist eingetragen, diese Mail ist die Bestätigung. Ihre Daten bleiben 90 Tage lesbar.',
  },
  {
    subjects: ['Umzug aus einem anderen Kalender', 'Umzug mit {count} Mitarbeiterinnen'],
    text: 'wir planen den Umzug aus einem anderen Kalender, mit {count} Mitarbeiterinnen und rund {big} Kundinnen. Was brauchen Sie von uns?',
    answer:
      'alles ist drüben: {big} Kundinnen, alle Termine ab Montag, und die Erinnerungen laufen ab morgen von hier.',
    hold: [
      'danke, die Dateien sind da. Wir machen das an einem Sonntag, damit sich inzwischen nichts ändert.',
      'Probelauf auf einer Kopie gut. Am Sonntag.',
    ],
    pace: 'slow',
    forOne: true,
  },
  {
    subjects: ['Uhrzeit falsch in der Bestätigung', 'Fehler in der Bestätigung'],
    text: 'in der Bestätigung steht eine Stunde zu spät. Das ist ein Fehler, oder? Heute sind zwei Kundinnen zu spät gekommen.',
    answer: 'Ihr Konto hatte keine Stadt als Zeitzone und kannte deshalb keine Sommerzeit. Jetzt stimmt es wieder.',
  },
]);
