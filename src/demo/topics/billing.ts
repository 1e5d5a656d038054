import { topics } from './topic.ts';

/** Invoices, plans and cards. */
export const BILLING = topics({ pace: 'usual' }, [
  {
    subjects: ['Payment failed for {month}', 'Payment failed again'],
    text: 'we got your mail that the payment failed, but there is plenty of money on the card ending in {digits}. I entered it again this morning with the same result. Will our calendar be locked?',
    answer:
      'your bank asked for a confirmation in its app, and that page never opened because of a pop-up blocker. I have sent you a payment link that works without one. Nothing is locked until {date}, and I have moved that by a week to be safe.',
    again: [
      'the link says "expired". Could you send a new one, please?',
      'sorry about that, links live for 24 hours only. Here is a fresh one, and this one is good for a week.',
    ],
    pace: 'soon',
    forOthers: { to: 'technical', reason: 'the page of the bank never opens; needs a look at the browser log' },
  },
  {
    subjects: ['VAT number missing on invoice {invoice}', 'Invoice {invoice} without our VAT number'],
    text: 'our accountant sends back invoice {invoice} because our VAT number is not on it. It is {vat}. Could you issue it again? The ones before need it as well if that is possible.',
    answer:
      'I have added {vat} to your account and issued {invoice} again; you find it under Settings, Invoices. The two before it are corrected too.',
    ask: [
      'happily. Which company name belongs to that VAT number? On your account there is only your own name.',
      'it is {business}, same address as on the account.',
    ],
    file: '{invoice}.pdf',
  },
  {
    subjects: ['Please send invoices to our bookkeeper', 'Different address for invoices'],
    text: 'could you send our invoices to books@{domain} from now on, and not to me? I always forget to pass them on.',
    answer:
      'done: invoices go to books@{domain} from the next one, and I sent the last three there as well. You still find all of them under Settings, Invoices.',
    forOthers: { to: 'accounts', reason: 'somebody should check that the new address is theirs' },
  },
  {
    subjects: ['Yearly plan', 'Switching to yearly', 'What would the yearly plan cost us?'],
    text: 'we are on {plan} and pay monthly. What would the yearly plan cost for {count} people, and is what we paid for {month} taken into account?',
    answer:
      'for {count} people on {plan} the yearly plan is {amount} for twelve months, which makes two months free. What is left of {month} is taken off the first invoice. You can switch under Settings, Plan, or tell me and I do it.',
  },
  {
    subjects: ['Billed for {count} people, we are fewer', 'Too many people on invoice {invoice}'],
    text: 'invoice {invoice} counts {count} people. {staff} left at the end of {lastMonth} and I removed the calendar the same week. Please check.',
    answer:
      'you are right, {staff} was still listed as "inactive", which counts. I removed the seat as of the end of {lastMonth} and the difference of {amount} is credited on your next invoice.',
    note: 'Inactive people count as seats: third one this month who did not expect that. Told product.',
    forOthers: { to: 'accounts', reason: 'a seat that was removed is still there' },
  },
  {
    subjects: ['Receipt for {month}', 'Need a receipt for {month} for our tax adviser'],
    text: 'I need a receipt for the {amount} you collected on {date}. The bank statement alone is not enough for our tax adviser.',
    answer:
      'here is the receipt for {amount} of {date}; it is also under Settings, Invoices, where each line has a "Receipt" button.',
  },
  {
    subjects: ['Discount for charities?', 'Do you have a discount for non-profits?'],
    text: 'we are a registered charity and run free counselling hours with your calendar. Is there a discount for organisations like ours?',
    answer: 'yes, half of the usual price. I have switched it on from this month. Thank you for what you do!',
    ask: [
      'there is. Could you send me your registration number, or a link to the register?',
      'of course: it is number {digits}{digits} in the register of charities.',
    ],
  },
  {
    subjects: ['Our company has a new name', 'New legal form, please change the invoices'],
    text: 'we are a limited company since the first of {month}. The new name is {business} Ltd, the address stays. Please put it on the next invoice.',
    answer: 'congratulations! {business} Ltd is on your account now and will be on every invoice from this month on.',
  },
  {
    subjects: ['Cancel our subscription', 'We would like to stop at the end of {month}'],
    text: 'we close the studio at the end of {month} and will not need the subscription any more. How long can we still get at our client list?',
    answer:
      'I am sorry to hear it. Your subscription ends on the last day of {month}. For 90 days after it you can sign in and export everything; then it is deleted. All the best for what comes next!',
    note: 'Closing for good, not a competitor. No win-back mail, please.',
    really: 'billing',
  },
  {
    subjects: ['Price went up without a word', 'Why is {invoice} higher than before?'],
    text: 'this is ridiculous: {amount} instead of what we agreed on, and nobody told me. I want to know what happened before you collect anything else from us.',
    answer:
      'I understand that this came as a shock. The first year had a welcome discount of 25 %, and the mail that says when it ends went to info@{domain}. That is no excuse for a surprise, so I have extended the discount by three months; {invoice} is corrected.',
    pace: 'soon',
    note: 'Reacted well once I rang. Discount extended until spring.',
    really: 'billing',
  },
  {
    subjects: ['What are these SMS on the invoice?', 'SMS on {invoice}'],
    text: 'there is a line "SMS 214 pcs" on invoice {invoice}. I thought reminders are part of {plan}?',
    answer:
      'mail reminders are, and the first 100 text messages a month. You sent 314 in {lastMonth}, so 214 are billed at 6 cents each. Under Settings, Reminders you can set a limit, or use mail first and text only for those without an address.',
    forOthers: { to: 'technical', reason: 'the count of texts looks wrong, please check what was sent' },
  },
  {
    subjects: ['Pay by bank transfer', 'Can we pay by transfer instead of card?'],
    text: 'our head office does not allow credit cards any more. Can we pay the subscription by bank transfer?',
    answer:
      'on a yearly plan you can: we send the invoice, you have 30 days. By the month it is card or direct debit only. Shall I prepare the yearly invoice for {plan}?',
    ask: [
      'that works on a yearly plan. For the invoice I need the full name and address of your head office.',
      '{business} Holding, same street, number {count}. Yearly is fine, please go ahead.',
    ],
  },
  {
    subjects: ['Card declined, THIRD TIME', 'Declined again!'],
    text: 'for the third time this week your system says my card was declined. The same card works everywhere else. I have clients waiting and no time for this.',
    answer:
      'I looked into it with our payment provider: your bank refuses recurring payments from abroad until you allow them once. The switch is called "online abroad" in most banking apps. I have taken the due payment off the calendar lock, so nothing stops while you sort it out.',
    pace: 'soon',
    hold: [
      'that must be maddening. I have asked our payment provider for the exact reason and get an answer by tomorrow. Your calendar stays open whatever happens.',
      'Waiting for the provider, case PP-{digits}. Lock date moved by 14 days.',
    ],
  },
  {
    subjects: ['Currency on our invoices', 'Invoices in pounds?'],
    text: 'we moved our practice to Leeds in {month}. Is it possible to get billed in pounds from now on?',
    answer:
      'yes. From the next invoice you are billed in pounds, at the price of our British price list: {plan} for {count} people is then a little less than before.',
  },
  {
    subjects: ['Two invoices in {month}', 'Two invoices for one month?'],
    text: 'I have {invoice} and a second invoice dated three days later. Do we have to pay both? I do not remember ordering anything.',
    answer:
      'the second one is for the extra calendar that {staff} added on that day, for the rest of the month. From next month it is all on one invoice again.',
  },
]);
