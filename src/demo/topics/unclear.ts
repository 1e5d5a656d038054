import { topics } from './topic.ts';

/** What no rule understands: a person reads it and says what it is. */
export const UNCLEAR = topics({ pace: 'usual' }, [
  {
    subjects: ['Hello', 'Please call me'],
    text: 'please ring me back on 020 {digits} {digits} when you have a minute. Tomorrow before ten is best.',
    answer: 'good to talk to you. As promised here is the link to the page about buffers between appointments.',
    note: 'Rang back: wanted 15 minutes between massages. Sent the page.',
    really: 'question',
  },
  {
    subjects: ['That thing from {weekday}', 'As discussed'],
    text: 'it is still the same as on {weekday}. Could somebody have another look? You know the story.',
    answer:
      'I found your mail of {weekday}: it was about the reminders that go out at night. They keep to 8:00–20:00 now.',
    ask: [
      'forgive me for asking: which story? I find three mails of yours and want to look at the right one.',
      'the reminders in the middle of the night!',
    ],
    really: 'bug',
  },
  {
    subjects: ['???', 'Hm'],
    text: 'it does strange things again today. Yesterday all was fine.',
    answer:
      'your screenshot helped: two browser add-ons fought over the page. In a private window all is well; switch off the one called "Reader" for our address.',
    ask: [
      'could you tell me a little more? What do you see, and what should be there? A picture of the screen is best.',
      'the calendar jumps back to today whenever I scroll. Picture attached.',
    ],
    really: 'bug',
  },
  {
    subjects: ['Thank you', 'Just wanted to say thanks'],
    text: 'no problem today, I only wanted to say that {staff} on the phone was wonderful on {weekday}. You do not meet that often.',
    answer: 'what a kind thing to write! I have read it out to the whole team.',
    really: 'question',
  },
  {
    subjects: ['Fwd: FW: {client}', 'Fwd: see below'],
    text: 'see below, what do we tell her?\n\n> Dear team, I was there at {time} and the door was closed. According to my mail it was today!\n> {client}',
    answer:
      'she was there on the right day of the wrong month: her appointment is on {date}. The mail says so, but in small print. You can make the date larger under Settings, Mails.',
    really: 'question',
  },
  {
    subjects: ['Partnership', 'Cooperation'],
    text: 'we are a small agency and build sites for hairdressers. Would you be open to working together? We have {count} clients who might fit.',
    answer:
      'thank you for thinking of us. Our partner page tells how it works; {staff}, who looks after partners, writes to you this week.',
    really: 'question',
  },
  {
    subjects: ['Application as a working student', 'Looking for a job'],
    text: 'dear team, I study computer science in my fourth term and would like to work with you two days a week. My papers are attached.',
    answer:
      'thank you for your interest! I have given your papers to the colleagues who hire; you hear from them within two weeks.',
    note: 'No ticket of ours, passed on to people & culture.',
    really: 'question',
    file: 'cv.pdf',
  },
  {
    subjects: ['Appointment on {date}', 'Your appointment with us'],
    text: 'I am afraid I cannot come on {date}. Could we find another day next week, preferably in the afternoon?',
    answer:
      'I think you meant to write to {business}: we only make the calendar that they use. I have passed your message on, and they will write to you.',
    note: 'A client of a customer. Forwarded to the studio by hand.',
    really: 'question',
  },
  {
    subjects: ['(no subject)', 'Sent from my phone'],
    text: 'since this morning',
    answer: 'thank you for the picture: the clock of the tablet was a day ahead, so the calendar showed tomorrow.',
    ask: [
      'I think the rest of your message got lost. What happens since this morning?',
      'sorry! The tablet shows the wrong day. Picture attached.',
    ],
    really: 'bug',
  },
]);
