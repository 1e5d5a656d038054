import { topics } from './topic.ts';

/** Calendars that move over from somewhere else. */
export const MIGRATIONS = topics({ pace: 'slow', forOne: true }, [
  {
    subjects: ['Moving from paper and a spreadsheet', 'Import of our client list'],
    text: 'we are moving from a paper diary and a spreadsheet with about {big} clients. Can you import it? First name, last name, phone, and a column "remarks" that clients must not see.',
    answer:
      'all {big} clients are in. "Remarks" became private notes that only your team sees. 14 had no phone number; I have tagged them "phone missing" so that you find them.',
    ask: [
      'gladly. Please send the spreadsheet through the link that I just mailed you, and tell me whether the remarks hold anything about health: then they go into the protected part.',
      'the file is there. Yes, there is some: allergies mostly.',
    ],
    hold: [
      'the file is with us and looks good. I have put you down for {weekday}; it takes half a day and your booking page stays open meanwhile.',
      'Planned for {weekday}. Columns mapped, 3 duplicates to ask about.',
    ],
    file: 'clients.xlsx',
  },
  {
    subjects: ['Switching from another calendar', 'Bring over appointments until {month}'],
    text: 'we are switching from another booking system at the end of {month}. Is it possible to bring over future appointments, with the right person and the right service? There are about {big}.',
    answer:
      'done: {big} appointments are in your calendar, each with person and service. Reminders start tomorrow, so that nobody gets two. Please look through next week with your team.',
    ask: [
      'yes. Could you export them as CSV and send me a list of your services as they are to be called here?',
      'both files are in the link now. "Cut & colour" and "Colour and cut" are the same.',
    ],
    hold: [
      'thank you, I have everything. We do this on a Sunday so that no appointment changes meanwhile; yours is the next one.',
      'Trial run on a copy: 97 % mapped. Missing: two services that no longer exist.',
    ],
  },
  {
    subjects: ['Import stopped half way', 'Only half of our import arrived'],
    text: 'the import that you did last week has only clients from A to M. Everything after that is missing. Could you look?',
    answer:
      'the file had two sheets and I had taken the first only. N to Z are in now. Sorry for that, I should have seen it.',
  },
  {
    subjects: ['Packages from our old system', 'Can packages be migrated too?'],
    text: 'about {count} of our clients have packages of ten with some sessions left. Can these be migrated, or do we have to enter them by hand?',
    answer:
      'they are in: each client has the package with the sessions that are left, and an end date twelve months from now. Tell me if a different date was promised.',
  },
  {
    subjects: ['Bring over our second location', 'Import for the new branch'],
    text: 'we took over a practice in the next town. They use something else. What do you need from us to import their calendar into our account as a second location?',
    answer:
      'the second location is in your account, with its own hours, {count} people and all appointments from Monday on. Both share one client list now; where a person was in both, the newer phone number won.',
    hold: [
      'I need the export of the other system and a yes from its owner. I have sent both forms to you.',
      'Waiting for the signed form of the former owner.',
    ],
  },
]);
