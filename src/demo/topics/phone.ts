import { topics } from './topic.ts';

/** Calls, as whoever picked up the phone wrote them down. */
export const PHONE = topics({ pace: 'usual' }, [
  {
    subjects: ['Rang: how to move {client} to another day', 'Call: moving an appointment'],
    text: 'Rang from the front desk. Question: how can we move {client} to another day without a new confirmation going out? Promised a mail with the steps.',
    answer:
      'as promised on the phone: hold the alt key while you drag, and no mail is sent. The same tick is on the appointment under "Quietly".',
  },
  {
    subjects: ['Rang about invoice {invoice}', 'Call: invoice {invoice}'],
    text: 'Rang about invoice {invoice}: wants it split by location, as the two salons have separate books. Asked to be answered by mail.',
    answer:
      'from the next month on there is one invoice for each location. {invoice} is split as well; both halves are in your account.',
  },
  {
    subjects: ['Rang: locked out at the front desk', 'Call: nobody at the desk can log in'],
    text: 'Nobody at the front desk can log in after the tablet was replaced. Owner is on holiday. Called back on the number of the account.',
    answer: 'after our call I have signed the new tablet in for the front desk. The old one is signed out.',
    note: 'Called back on the number that we know, spoke to {staff}.',
    pace: 'soon',
  },
  {
    subjects: ['Rang: label printer', 'Call: printer prints nothing'],
    text: 'The printer at the till prints blank receipts since the update. Tried another roll.',
    answer: 'please choose "80 mm" under Settings, Till. The update had set it to 58 mm for all printers of your make.',
    really: 'bug',
  },
]);
