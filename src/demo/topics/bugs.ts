import { topics } from './topic.ts';

/** Something does not do what it should. */
export const BUGS = topics({ pace: 'usual' }, [
  {
    subjects: ['Google calendar: every appointment twice', 'Appointments doubled in my Google calendar'],
    text: 'since {weekday} every appointment shows up twice in my Google calendar, once with the client’s name and once as "Busy". Something is broken with the sync.',
    answer:
      'both of your calendars were connected, the private one and the shared one. I disconnected the shared one and the doubles went away with the next sync.',
    ask: [
      'could you tell me which Google account you connected, and whether {staff} connected one too?',
      'mine is the one that I write from. {staff} connected hers on {weekday}, now that you say it!',
    ],
    file: 'doubles.png',
  },
  {
    subjects: ['Double booked at {time}', 'Two clients at {time}'],
    text: 'we were double booked on {weekday} at {time}: {client} through the page and another client through the app. How can that be? It was very embarrassing.',
    answer:
      'the two were booked within one second, and the app checked an older copy of the calendar. The check is made on our side since today, so this cannot happen again. I am sorry that you had to send somebody away.',
    hold: [
      'thank you for telling us. I see both bookings, less than a second apart. Our developers look into it, and I write to you when I know more.',
      'Race between app and page, ENG-2{digits}. {client} and one more, both within 1 s.',
    ],
    again: [
      'it happened again yesterday, same time, other people.',
      'this one was different: the appointment was dragged there by hand in the calendar, where a warning shows but nothing stops you. I have switched on "never overlap" for your team.',
    ],
    pace: 'soon',
    note: 'Look at the lock in the booking check. Second report.',
  },
  {
    subjects: ['Reminders did not arrive', 'Clients got no reminder'],
    text: 'at least {count} clients told us that the reminder did not arrive this week. Two of them missed their appointment because of it.',
    answer:
      'the texts went out, but one network dropped them because your sender name had more than eleven letters. I shortened it; reminders of tomorrow go through, I checked three of them.',
    ask: [
      'that is bad news. Could you name two of these clients, so that I can follow their messages?',
      '{client} on {date}, and Mr Hartley the day after.',
    ],
  },
  {
    subjects: ['Booking page blank on iPhone', 'Blank page in {browser}'],
    text: 'the booking page stays blank in {browser}. On the computer all is fine. A client sent me a picture, see the file.',
    answer:
      'a font that your page loads from another site blocked everything on older phones. The page waits for no font any more. Could your client try once more?',
    again: [
      'on her phone it works now, on mine it stays blank.',
      'yours had kept the old page. I have changed its address behind the scenes, so every phone fetches the new one.',
    ],
    file: 'IMG_{digits}.jpg',
  },
  {
    subjects: ['All appointments one hour late', 'Wrong time in confirmations'],
    text: 'since the clocks changed the confirmations show the wrong time: one hour later than in the calendar. Two clients came late today.',
    answer:
      'your account had a fixed offset instead of a place as its time zone, so it knew no summer time. I set it to your city; all confirmations are right again, and those of this week were sent once more.',
    pace: 'soon',
  },
  {
    subjects: ['App crashes on {phone}', 'App crash when I open a client'],
    text: 'the app crashes on my {phone} as soon as I open a client with a photo. Reinstalled twice. Version is the newest one.',
    answer:
      'a new version is in the store since this morning that reads these photos. They were saved in a format that older phones do not know.',
    hold: [
      'thank you, I can make it crash here too. The fix is written and goes through the tests; I tell you when it is in the store.',
      'Reproduced on {phone}. HEIC with a wide colour profile. Fix in 7.{count}.',
    ],
    note: 'Crash log attached to ENG-2{digits}.',
  },
  {
    subjects: ['Export stops at 5,000 rows', 'Export of clients is not complete'],
    text: 'the export of our clients has exactly 5,000 rows. We have about {big}. There is no error, it just ends. We need the list for a mailing on {weekday}.',
    answer:
      'there was a limit of 5,000 that should have said so. It is lifted for you, and the full list of {big} is in your downloads.',
    really: 'bug',
  },
  {
    subjects: ['Printed day is cut off', 'Print: last column missing'],
    text: 'when I print the day, the last person’s column is cut off. It was fine with {count} people and is not working with one more.',
    answer:
      'landscape and "fit to page" help for now; from the next version on the page breaks after six people by itself.',
  },
  {
    subjects: ['Deposit not taken', 'No deposit for new clients since {weekday}'],
    text: 'since {weekday} new clients are not asked for a deposit, although it is switched on for {service}. Looks like a bug.',
    answer:
      'it is switched on for the service, but {staff} has prices of her own, and those have a switch of their own. I have turned it on for her too, and asked for a hint to be shown there.',
    forOthers: { to: 'billing', reason: 'the switch is on; please check the payment contract' },
  },
  {
    subjects: ['Waiting list sends nothing', 'Waiting list not working'],
    text: 'the waiting list is not working. {client} cancelled for {date}, and none of the four people who wait got a message.',
    answer:
      'all four wanted mornings, and the free place was at {time}. If you also want to tell those, choose "any time of the day" in the settings of the list.',
  },
  {
    subjects: ['{client} disappeared', 'Client merged with a stranger'],
    text: 'after merging two cards the whole history of {client} disappeared: notes, photos, everything. Please tell me that you can bring that back.',
    answer:
      'everything is back. The merge had kept the card of the other {client}, with the same name and another birthday. Deleted things stay in the bin for 30 days, so nothing was lost.',
    pace: 'soon',
    note: 'Restored from the bin. Two people of the same name, different birthdays.',
  },
  {
    subjects: ['Calendar is very slow', 'Everything so slow since {weekday}'],
    text: 'our calendar is very slow since {weekday}. Opening a day takes ten seconds. Internet is fine, other sites are quick.',
    answer:
      'your calendar had {big} cancelled appointments on screen, hidden but loaded. I moved those older than a year to the archive; a day opens in under a second now.',
    ask: [
      'could you tell me how many people you show side by side, and whether it is slow on the phone as well?',
      'eight people. On the phone it is quick.',
    ],
  },
  {
    subjects: ['Photo upload ends with an error', 'Cannot upload before/after pictures'],
    text: 'uploading pictures ends with "Error 413". They are from a new camera, about 20 MB each. Smaller ones go through.',
    answer:
      'pictures may have 10 MB each. The app makes them smaller by itself, the website did not until today. Please reload the page and try again.',
    file: 'error-413.png',
  },
  {
    subjects: ['Search does not find umlauts', 'Search finds no Ø'],
    text: 'searching for a client with ø or ü in the name finds nothing, and typing o or u finds nothing either. Is that a bug? Half of our clients are Danish.',
    answer: 'it was one, thank you for the clear description! Both ways find them now.',
  },
  {
    subjects: ['Outlook does not sync', 'Outlook calendar out of sync'],
    text: 'my Outlook does not sync any more. The last appointment that came over is from {date}. Disconnecting and connecting again did not help.',
    answer:
      'your organisation renewed its certificates on {date}, and somebody with admin rights has to allow us again. I have sent you a link that your IT can click.',
    hold: [
      'the connection is there but Microsoft turns us down. I have asked them what is missing.',
      'Error AADSTS-{digits}: needs consent of an admin. Waiting for the customer’s IT.',
    ],
    forOthers: { to: 'accounts', reason: 'their IT has to allow us again, and we must know who asks' },
  },
  {
    subjects: ['Our mails land in spam', 'Confirmations never arrive at one provider'],
    text: 'confirmations never arrive at addresses of one large provider, or they land in spam. Clients think that we do not answer.',
    answer:
      'your domain did not say that we may send for it. With the two lines for your DNS that I have just mailed you it does; your web people need five minutes for it.',
    ask: ['which address do your confirmations come from: yours or ours?', 'from hello@{domain}, so ours I think.'],
  },
  {
    subjects: ['QR code leads nowhere', 'QR code on our flyer is broken'],
    text: 'we printed 2,000 flyers with the QR code from your page, and it is broken: it leads to "page not found".',
    answer:
      'the code has your old name in it, from before you renamed the page. I have made the old address lead to the new one, so the flyers work. For ever, I promise.',
    pace: 'soon',
  },
  {
    subjects: ['Tablet freezes at check-in', 'iPad freezes'],
    text: 'the tablet at our front desk freezes several times a day, always when two people check in at the same time. We have to switch it off and on.',
    answer:
      'the version from yesterday mends this. Please update the app on the tablet, and let me know on {weekday} whether it still happens.',
    again: [
      'it is {weekday} and it froze twice this morning, with the new version.',
      'thank you for keeping an eye on it. It is another cause this time: the tablet’s storage is full. After deleting the old photos all is well.',
    ],
  },
  {
    subjects: ['Totals of {month} are wrong', 'Report does not add up'],
    text: 'the report for {month} says {amount}, the sum of the single days is higher. Our tax adviser wants to know which is right. I think there is an error in the report.',
    answer:
      'the days are right. The month left out sales of vouchers by mistake; I have mended it and made the report for {month} again.',
    file: 'report-{month}.xlsx',
    forOthers: { to: 'billing', reason: 'the days add up; is it the vouchers?' },
  },
  {
    subjects: ['Widget broken on our site', 'Booking button does nothing'],
    text: 'after the last update of our website the booking button is broken. You click and nothing happens. Our web person says it is your script.',
    answer:
      'a plugin for cookie banners held our script back until people agree. In its settings our address has to be listed under "necessary"; I have sent your web person a picture of where.',
  },
  {
    subjects: ['Answers of the intake form disappeared', 'Intake form empty'],
    text: '{client} filled in the intake form at home, and when she came all answers had disappeared. She was not amused, it has forty questions.',
    answer:
      'the answers are there: they were saved under her maiden name, with which she had signed in. I have joined the two cards.',
  },
  {
    subjects: ['Rounding of VAT', 'One cent too much'],
    text: 'with three services on one bill the VAT is one cent too high. It is an error of rounding, I know, but the tax office is not amused.',
    answer: 'VAT is now worked out on the total and not line by line. Thank you for the example, it made this easy.',
    really: 'bug',
  },
  {
    subjects: ['Drag and drop lands with the wrong person', 'Appointments jump to {staff}'],
    text: 'when I drag an appointment to another time it jumps to {staff}. I noticed it only when two people stood in front of the same chair.',
    answer: 'this happens when the page is zoomed to 90 %. It is mended from today; please reload the calendar once.',
    really: 'bug',
  },
]);
