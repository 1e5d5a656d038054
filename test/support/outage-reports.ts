/** One outage as different people report it. */
export interface Outage {
  name: string;
  reports: readonly { subject: string; text: string }[];
}

/**
 * Six outages of a booking service in five or six wordings each: short and long, calm and angry, with mistakes of
 * typing, and one in German. Written before the measure was chosen that is tried on them.
 */
export const OUTAGES: readonly Outage[] = [
  {
    name: 'online payments',
    reports: [
      {
        subject: 'Checkout broken',
        text: 'Customers cannot pay on our booking page since 9 this morning. After they enter the card the checkout shows "payment service unavailable".',
      },
      {
        subject: 'card payments down?',
        text: 'Hi, are card payments down? Every payment at the checkout ends with an error, we lose bookings by the minute.',
      },
      {
        subject: 'Nobody can pay online',
        text: 'nobody can pay on the booking page right now. They get to the card form and then it says payment service unavailable, try again later. Is this known?',
      },
      {
        subject: 'URGENT checkout not working',
        text: 'The checkout is not working. We have tried three different cards and each payment fails with the same error. Please fix this asap, it is Saturday!',
      },
      {
        subject: 'Payment service unavailable',
        text: 'Since this morning all card paymets fail on our page with "Payment service unavailable". Clients ring us because they can not check out.',
      },
    ],
  },
  {
    name: 'login',
    reports: [
      {
        subject: 'Cannot log in',
        text: 'I cannot log in since about ten minutes. The login page loads, I enter my password and get "502 bad gateway".',
      },
      {
        subject: 'Login page error 502',
        text: 'Our whole team is locked out: the login answers with 502 Bad Gateway for everybody, whatever browser we use.',
      },
      {
        subject: 'Is the login down?',
        text: 'is the login down? None of my colleagues can log in, we only see bad gateway.',
      },
      {
        subject: 'no access to our account',
        text: 'We can not get into our account this morning. Log in gives a white page with 502 bad gateway. Tried on two computers and a phone.',
      },
      {
        subject: 'logging in fails',
        text: 'Logging in fails for all of us with an error 502. Yesterday evening it still worked. When will you have this solved?',
      },
      {
        subject: 'Anmeldung geht nicht',
        text: 'bei uns kann sich seit heute früh niemand mehr anmelden, der Login zeigt nur "502 Bad Gateway". Bitte um Hilfe!',
      },
    ],
  },
  {
    name: 'calendar synchronisation',
    reports: [
      {
        subject: 'Calendar sync stopped',
        text: 'The sync with Google Calendar stopped at noon. New bookings do not show up in Google any more, although the connection says "connected".',
      },
      {
        subject: 'google calendar not syncing',
        text: 'our google calendar is not syncing since lunch, appointments that clients book online are missing there. Anything going on at your end?',
      },
      {
        subject: 'Bookings missing in Google Calendar',
        text: 'Bookings made after 12 today are missing in my Google Calendar. I disconnected and connected the sync again, no change.',
      },
      {
        subject: 'Synchronisation with Google',
        text: 'It seems that the synchronisation with Google Calendar is broken for everyone in our studio. Nothing has been synced for three hours.',
      },
      {
        subject: 'sync problem',
        text: 'Hello, new bookings are not synced to Google Calendar today. This leads to double bookings, so please look at it quickly.',
      },
    ],
  },
  {
    name: 'text message reminders',
    reports: [
      {
        subject: 'SMS reminders not sent',
        text: 'None of the SMS reminders for tomorrow were sent. The log says "delivery failed" behind every text message.',
      },
      {
        subject: 'No text messages today',
        text: 'our clients did not receive their text message reminders today. In the log all SMS stand as delivery failed.',
      },
      {
        subject: 'SMS delivery failed',
        text: 'All SMS fail since yesterday evening: delivery failed, delivery failed, delivery failed… Is your SMS provider having an outage?',
      },
      {
        subject: 'reminders are not going out',
        text: 'The reminders by SMS are not going out at all. Two clients missed their appointment already because no reminder came.',
      },
      {
        subject: 'problem with sms',
        text: 'Hi there, sms reminders dont get delivered, every one is marked delivery failed in the log. E-mail reminders are fine.',
      },
    ],
  },
  {
    name: 'booking page',
    reports: [
      {
        subject: 'Booking page offline',
        text: 'Our public booking page is offline. Visitors see "This site cannot be reached".',
      },
      {
        subject: 'booking site can not be reached',
        text: 'Clients tell us that the booking site cannot be reached, neither from the phone nor from a computer. What is happening?',
      },
      {
        subject: 'page down',
        text: 'The booking page is down, it says the site can’t be reached. We have no other way of taking bookings so this is a disaster for us.',
      },
      {
        subject: 'Website does not load',
        text: 'the public booking page does not load any more, the browser times out: site cannot be reached.',
      },
      {
        subject: 'our page is gone',
        text: 'Good morning, our booking page is gone! All links in our mails lead to "this site can\'t be reached". Please bring it back online.',
      },
    ],
  },
  {
    name: 'invoice download',
    reports: [
      {
        subject: 'Invoice PDFs are empty',
        text: 'Every invoice PDF that I download today is an empty page of 0 KB. Older ones too.',
      },
      {
        subject: 'Downloading invoices does not work',
        text: 'downloading invoices gives me empty PDF files. My tax adviser needs the invoices today.',
      },
      {
        subject: 'blank invoices',
        text: 'When I open an invoice as a PDF it is blank, zero bytes. I tried several months, all the same: empty PDF.',
      },
      {
        subject: 'PDF download of invoices broken',
        text: 'The PDF download of invoices seems to be broken since the update last night: the files are empty for all of our customers.',
      },
      {
        subject: 'invoice pdf 0 bytes',
        text: 'Hi, the invoice pdfs have 0 bytes for every client since this morning. Can you check please?',
      },
    ],
  },
];
