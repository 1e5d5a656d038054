import { topics } from './topic.ts';

/** What others write of the outage with which the story ends, each in their own words. */
export const REPORTS = topics({ pace: 'at once' }, [
  {
    subjects: ['Booking page says something went wrong'],
    text: 'clients ring us because nobody can book: they choose a time, and then the page says "Something went wrong". Phones and computers alike, since about {time}.',
    answer:
      'found and mended, a few minutes ago. Please try once more, and tell your clients that they can book again.',
  },
  {
    subjects: ['Error after choosing a time'],
    text: 'after choosing a time our booking page only says "Something went wrong", so nobody can book. We tried two computers and a phone. What is going on?',
    answer: 'it is mended: a change of last night was taken back. Nothing that was booked before is lost.',
  },
]);
