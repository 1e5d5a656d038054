import { topics } from './topic.ts';

/** How something is done. */
export const QUESTIONS = topics({ pace: 'slow' }, [
  {
    subjects: ['Second location', 'How do I add a second studio?'],
    text: 'we open a second studio in {month}. How do I add it, and can clients choose between the two?',
    answer:
      'Settings, Locations, "Add". Each has hours and people of its own, and the booking page asks for the place first.',
  },
  {
    subjects: ['Blocking lunch for everyone', 'How do we block lunch?'],
    text: 'how do we block 12 to 1 for the whole team, every day but {weekday}?',
    answer:
      'choose all people in the calendar, draw the hour, "Blocked", and repeat it on the days you want. On {weekday} simply leave the tick out.',
  },
  {
    subjects: ['Ten minutes between clients', 'Buffer after {service}'],
    text: 'is it possible to keep ten minutes free after each {service}, without clients seeing it as part of the time?',
    answer: 'it is: in the service under "Buffer after". Clients see the time without it.',
    again: [
      'the buffer shows up in the confirmation, though.',
      'that was a mistake in your template, which used the end with the buffer. I changed the gap in it; the next confirmation is right.',
    ],
  },
  {
    subjects: ['Different times for {staff}', '{staff} takes longer'],
    forOthers: {
      to: 'technical',
      reason: 'works for nobody there, somebody should look at the settings of the server',
    },
    text: '{staff} is new and needs 20 minutes more for {service}. Can I set that for one person only?',
    answer: 'yes, under Team, {staff}, Services. What you enter there counts for her alone.',
  },
  {
    subjects: ['Gift vouchers', 'Vouchers for the holidays'],
    text: 'where can I switch on gift vouchers? I saw them on another salon’s page and want them before the holidays.',
    answer:
      'Settings, Sales, Vouchers. You choose amounts and a picture, and they appear on your page at once. Shall I look over it when you are done?',
  },
  {
    subjects: ['Deposits only for new clients', 'Question about deposits'],
    text: 'can we ask a deposit of new clients only? Regulars would be offended.',
    answer:
      'yes: Settings, Deposits, "Only for the first visit". A client counts as known after one appointment that was kept.',
  },
  {
    subjects: ['Hiding {staff} from the page', 'How can I hide one person?'],
    text: 'how can I hide {staff} from the booking page while she is on parental leave, without losing her appointments?',
    answer:
      'switch off "Can be booked online" on her card. Everything else stays as it is, and you can switch it on again any day.',
  },
  {
    subjects: ['Every other week', 'Recurring appointments'],
    forOthers: { to: 'technical', reason: 'it should work like that and does not; please look into the log' },
    text: '{client} comes every other {weekday} at {time}. How do I enter that once instead of 26 times?',
    answer:
      'when you make the appointment choose "Repeat", every 2 weeks, and until when. Moving one of them asks whether the later ones move too.',
  },
  {
    subjects: ['Courses with {count} places', 'How do courses work?'],
    text: 'we want to offer a yoga course with {count} places, eight evenings. How do I set this up so that people book all eight at once?',
    answer:
      'as a "Course": Services, New, Course. You enter the eight dates and {count} places. People book and pay the whole; single evenings can be opened later if places are left.',
    ask: ['may people also join later, when the course has begun?', 'until the third evening, for a smaller fee.'],
  },
  {
    subjects: ['Cancellation until 24 hours before', 'Cancelling too late'],
    text: 'where do I set that people can cancel until 24 hours before and pay half after that?',
    answer:
      'Settings, Rules for clients. Half the fee after that needs a card on file, so switch on "Card at booking" too.',
  },
  {
    subjects: ['Language of the booking page', 'Is the page available in Polish?'],
    text: 'many of our clients speak Polish. Is it possible to have the booking page in two languages?',
    answer:
      'the page follows the language of the phone, and Polish is among the 14 that we have. Your own texts can be translated under Settings, Texts.',
  },
  {
    subjects: ['Link for one service only', 'Link straight to {service}'],
    forOthers: { to: 'technical', reason: 'sounds like a question, and may be broken' },
    text: 'for our newsletter: is there a way to link straight to {service}, so that people need not search for it?',
    answer: 'open the service and press "Copy link". It also works with a person and even with a day in it.',
  },
  {
    subjects: ['Closed for holidays', 'How do I close for two weeks?'],
    text: 'how do I close the studio from {date} on for two weeks? There are three appointments in that time already.',
    answer:
      'Settings, Closed days. The three appointments are shown to you then, and you decide for each: move, cancel with a kind mail, or keep.',
  },
  {
    subjects: ['Text of the reminder', 'Changing the reminder'],
    text: 'where is the text of the SMS reminder? I want to add that people should come without make-up.',
    answer:
      'Settings, Reminders, Texts. For one service only, use "Note for clients" in that service: it is added to its reminders.',
  },
  {
    subjects: ['Day list on paper', 'Printing the day'],
    text: 'our cleaner needs to know which rooms are used. Can I print only rooms and times, no names?',
    answer: 'yes: Print, "Rooms", and untick "Clients". It can also be mailed to her every morning at six.',
  },
  {
    subjects: ['Packages of ten', 'Selling ten for the price of nine'],
    forOthers: {
      to: 'technical',
      reason: 'works for nobody there, somebody should look at the settings of the server',
    },
    text: 'we want to sell ten sessions for the cost of nine. How do we do that, and how do I see how many are left?',
    answer: 'as a package: Sales, Packages. What is left shows on the client’s card and in each confirmation.',
    really: 'question',
  },
  {
    subjects: ['No-shows', 'Question about people who do not come'],
    text: 'one question: what happens when I mark somebody as "did not come"? Does the client get a mail?',
    answer:
      'only if you want: you are asked each time. After three of them the card shows a small flag, which clients never see.',
  },
  {
    subjects: ['How long do you keep data?', 'Question from our data protection officer'],
    text: 'a question from our data protection officer: how long do you keep the data of clients who have not come for years, and where is it stored?',
    answer:
      'as long as you do: under Settings, Privacy you say after how many years a client is forgotten. Everything is stored in Frankfurt and Amsterdam. I attach our agreement on data processing.',
    file: 'questionnaire.docx',
  },
  {
    subjects: ['Calendar on two phones', 'Can I use two phones?'],
    text: 'can I be signed in on the phone and on the tablet at the same time, or do I pay twice?',
    answer: 'as many devices as you like, you pay for people and not for phones.',
  },
  {
    subjects: ['Which service brings the most?', 'Where can I see turnover by service?'],
    text: 'where can I see which service brings in the most? I want to drop the weakest.',
    answer:
      'Reports, Sales, "By service", and sort by the last column: it takes the time into account that each needs.',
  },
  {
    subjects: ['Room and person at once', 'Two things for one appointment'],
    text: 'is there a way to book a room together with a person? {service} needs the one room with the big table.',
    answer: 'yes: in the service under "Needs", choose the room. It is then only offered when both are free.',
  },
]);
