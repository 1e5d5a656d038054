import { topics } from './topic.ts';

/** Money that is to go back. */
export const REFUNDS = topics({ pace: 'soon' }, [
  {
    subjects: ['Charged twice for {month}', 'Double charge on {date}'],
    text: 'my bank statement shows {amount} twice, both on {date}. We have one account only. Please refund one of them.',
    answer:
      'you are right: the first attempt timed out at the bank and was collected again. I have refunded {amount}; it takes three to five working days to show.',
    ask: [
      'I see only one payment of {amount} on our side. Could you send me the reference that your bank shows for both?',
      'here they are: the first ends in {digits}, the other one says "BRAMBLE*{plan}".',
    ],
    again: [
      'there is still nothing on my account, and my bank knows of nothing either.',
      'I asked the bank: the money left us on {date} and sits with your card issuer. They confirmed that it is booked tomorrow. I keep an eye on it.',
    ],
    file: 'statement-{month}.png',
  },
  {
    subjects: ['Renewed by mistake, refund please', 'Yearly renewal: we wanted to stop'],
    mistaken: { really: 'billing', often: 0.8 },
    text: 'the yearly subscription renewed yesterday. I wanted to cancel it last week and it slipped my mind. Can I have the money back? We have not used it since.',
    answer:
      'no problem, that happens. I have cancelled the renewal and sent {amount} back to your card. It should be there by the middle of next week.',
  },
  {
    subjects: ['Refund for unused text messages', 'SMS package: money back?'],
    text: 'we bought the package of 1,000 text messages in {lastMonth} and have switched to mail reminders. Can you refund the {count} hundred that are left?',
    answer:
      'I have refunded the rest of the package. For next time: unused messages stay good for a year, so there is no hurry to use them up.',
  },
  {
    subjects: ['Client wants her deposit back', 'How do I refund a deposit of a client?'],
    mistaken: { really: 'question', often: 0.9 },
    text: '{client} cancelled two days ahead, so she should get her deposit of {amount} back. The button "Refund" is grey for me.',
    answer:
      'only owners can refund, and you are signed in as a manager. I have not touched the money itself; please ask {staff} to press the button, or to give you the right under Settings, Team.',
  },
  {
    subjects: ['Charged after we cancelled', 'You still take money, we left in {lastMonth}'],
    text: 'we cancelled in {lastMonth}, I have the confirmation here. Today you took {amount} again. This is not acceptable. I want a refund and a confirmation that it stops.',
    answer:
      'that should not have happened. You had two calendars, and only one was cancelled. I have closed the other as of the same day, refunded {amount}, and no further payment will be taken. I am sorry for the trouble.',
    note: 'Second calendar was hidden in the old settings page, same as T-10{count}. Worth a fix.',
    file: 'cancellation.pdf',
  },
  {
    subjects: ['Still no refund', 'Where is our refund?', 'Refund promised on {weekday}'],
    text: 'on {weekday} a colleague of yours promised a refund of {amount}. Nothing has arrived. This is the second time that I have to ask, and I am getting fed up.',
    answer:
      'I can see the refund: it went to the card that you used back then, ending in {digits}, which your bank has replaced since. They book it to the new one by hand. I called them and it is done tomorrow.',
    hold: [
      'I see that it was approved and not sent. I have asked finance to send it today and get back to you as soon as it is out.',
      'Approved, stuck in finance. Asked {staff} there, they run the batch at 16:00.',
    ],
  },
  {
    subjects: ['Paid for Studio, needed Solo', 'Wrong plan chosen, refund of the difference?'],
    mistaken: { really: 'billing', often: 0.8 },
    text: 'when signing up I chose {plan}, but I work alone. Could you change it and refund the difference for this month?',
    answer: 'changed: you are on Solo as of today, and the difference for this month is on its way back to your card.',
  },
  {
    subjects: ['Gift voucher paid, not delivered', 'Voucher: money taken, nothing came'],
    text: 'a client bought a voucher for {amount} on our page. The money is gone from her account, but neither she nor we got the voucher. She wants her money back by tonight or she will write a review.',
    answer:
      'I found it: her address had a typing error (gmial), so the voucher could not be delivered. I have sent it to the right address and to you as a PDF. If she prefers the money, press "Refund" on the order.',
  },
]);
