import { topics } from './topic.ts';

/** Everything stands still, for one customer or for all. */
export const OUTAGES = topics({ pace: 'at once' }, [
  {
    subjects: ['Booking page is down', 'Our booking page is down!!'],
    text: 'our booking page is down since about {time}. Clients call us because they only see a white page with "error 503". Please hurry.',
    answer:
      'the page answers again. One of our servers had run out of connections; we took it out and added two. No booking was lost. We are sorry for the bad morning.',
    note: 'Status page updated. Incident 11-{count}, post-mortem by Friday.',
  },
  {
    subjects: ['Nothing loads', 'Nothing loads since {time}'],
    text: 'neither the calendar nor the app: nothing loads since {time}. We have {count} people here today and do not know who comes when.',
    answer:
      'it is back. While it lasted you could have printed the day from the mail that we send at 7:00, it has all appointments. I know that is little comfort.',
  },
  {
    subjects: ['Nobody can book', 'Nobody can book any more'],
    text: 'nobody can book with us: after choosing a time the page says "Something went wrong". We tried three phones and two computers. On a {weekday} this costs us real money.',
    answer:
      'found and mended: a change of ours last night broke pages with deposits switched on. It is taken back since a few minutes. We have credited you a month.',
  },
  {
    subjects: ['Is there an outage?', 'Outage?'],
    text: 'is there an outage? I get "bad gateway" when I open today’s calendar. First client in ten minutes.',
    answer: 'there was, for 22 minutes, and it is over. Please reload once with the shift key held down.',
  },
]);
