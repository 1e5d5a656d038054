import { topics } from './topic.ts';

/** What customers wish for. */
export const IDEAS = topics({ pace: 'slow' }, [
  {
    subjects: ['Idea: waiting list by text message', 'Suggestion for the waiting list'],
    text: 'it would be great if people on the waiting list could answer YES to a text message and get the place. Most of ours do not open mail during the day.',
    answer:
      'that is a lovely idea, and you are the ninth to ask for it. I have added your words to the list; we write to you should it be built.',
  },
  {
    subjects: ['Dark mode', 'Wish: a dark calendar'],
    text: 'we would love a dark mode. Our treatment rooms are dim and the tablet lights up the whole room.',
    answer:
      'we hear you! It is being built for the tablet app right now. I have noted that you would like to try it early.',
  },
  {
    subjects: ['Colours by room, not by person', 'Feature request: room colours'],
    text: 'feature request: let us choose whether colours stand for people or for rooms. With {count} rooms we mostly need to see the rooms.',
    answer:
      'thank you, that makes sense for places with many rooms. For now you can give each room an emoji, which shows on each appointment. The wish is on the list.',
  },
  {
    subjects: ['Wish list of our team', 'Our wish list after half a year'],
    text: 'our wish list after six months with you: 1. drag an appointment to another day, 2. birthdays, 3. a report of no-shows by service. Otherwise we are very happy!',
    answer:
      'what a nice mail! 2 exists: Clients, Birthdays. 3 comes with the new reports next month. 1 is on the list, with your name on it.',
  },
  {
    subjects: ['Please consider a widget for the phone', 'Suggestion'],
    text: 'please consider a small widget for the home screen of the phone that shows the next appointment. I look forty times a day.',
    answer: 'forty times! I have passed this on with that very number. Thank you.',
  },
  {
    subjects: ['Tips', 'Would love tips at checkout'],
    text: 'clients ask all the time whether they can add a tip when they pay by card. It would help our juniors a lot.',
    answer: 'we are looking into it; it depends on the tax rules of each country. I have added your vote.',
  },
]);
