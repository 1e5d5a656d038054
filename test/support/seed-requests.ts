/** What customers of a small software shop wrote: when (days before today, local time), who, what, and what was done. */
export interface SeedRequest {
  daysAgo: number;
  time: string;
  name: string;
  subject: string;
  text: string;
  /** What people did, one after the other: minutes later, and what. */
  then: readonly SeedAct[];
}

export type SeedAct =
  | { after: number; do: 'reply' | 'note' | 'customer'; by?: string; text: string }
  | { after: number; do: 'status' | 'assignee' | 'priority' | 'category'; by?: string; to: string }
  | { after: number; do: 'give back'; by?: string };

function reply(after: number, text: string): SeedAct {
  return { after, do: 'reply', text };
}

function note(after: number, text: string): SeedAct {
  return { after, do: 'note', text };
}

function customer(after: number, text: string): SeedAct {
  return { after, do: 'customer', text };
}

function status(after: number, to: string): SeedAct {
  return { after, do: 'status', to };
}

const THANKS = 'That did it, thank you very much!';

/** Sixty requests of nine days, oldest first. */
export const SEED_REQUESTS: readonly SeedRequest[] = [
  {
    daysAgo: 9,
    time: '09:04',
    name: 'Marta Vidal',
    subject: 'Charged twice for October',
    text: 'Hello, my bank statement shows two payments of 49 EUR on 2 October. We have one workspace only. Could you refund one of them?',
    then: [
      reply(
        38,
        'Hello Marta,\n\nyou are right: the first attempt timed out at the bank and was collected again. The second payment is refunded; it takes three to five days to show.\n\nBest regards',
      ),
      status(39, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 9,
    time: '10:21',
    name: 'Jonas Weber',
    subject: 'Invoice without VAT number',
    text: 'Please put our VAT number DE 811 234 567 on invoice 2026-1187. Our accountants refuse it without.',
    then: [
      reply(
        64,
        'Hello Jonas,\n\nattached is the corrected invoice 2026-1187-B with your VAT number. It will be on all that follow.',
      ),
      status(65, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 9,
    time: '11:40',
    name: 'Priya Raman',
    subject: 'Cannot log in after password reset',
    text: 'I reset my password twice, the mail says it is done, and I still get "wrong password". I am locked out of all our boards.',
    then: [
      reply(
        25,
        'Hello Priya,\n\nyour browser filled in the old password. I ended all sessions of yours; please open a private window and try once more.',
      ),
      customer(80, THANKS),
      status(95, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 9,
    time: '14:12',
    name: 'Oskar Lindqvist',
    subject: 'Export to CSV stops at 10,000 rows',
    text: 'The export of our "Orders" table ends after 10,000 rows without any message. We have 23,411. Is there a limit?',
    then: [
      reply(
        140,
        'Hello Oskar,\n\nthere is, and it should have said so. Until that is mended you can export by month; I have sent you the link.',
      ),
      note(150, 'Limit is in the export worker, see ENG-2204. Tell Oskar when it is out.'),
      status(160, 'on_hold'),
    ],
  },
  {
    daysAgo: 8,
    time: '08:55',
    name: 'Hélène Garnier',
    subject: 'Annuler mon abonnement',
    text: 'Bonjour, je souhaite annuler mon abonnement à la fin du mois. Merci de me confirmer.',
    then: [
      reply(
        52,
        'Bonjour Hélène,\n\nvotre abonnement prend fin le 30 novembre ; vos données restent lisibles pendant 60 jours.',
      ),
      status(53, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 8,
    time: '09:30',
    name: 'Tom Becker',
    subject: 'Sync with our calendar is an hour off',
    text: 'Since the clocks changed every appointment that comes from Tables is one hour late in our calendar.',
    then: [
      reply(
        75,
        'Hello Tom,\n\nyour workspace still had the zone "Etc/GMT-1", which knows no summer time. I set it to Europe/Berlin; the next sync puts all appointments right.',
      ),
      customer(200, THANKS),
      status(240, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 8,
    time: '10:05',
    name: 'Lucía Ferrer',
    subject: 'How do I add a second workspace?',
    text: 'We would like one workspace for each of our two shops. Do we need a second account, or can one account have two?',
    then: [
      reply(
        31,
        'Hello Lucía,\n\none account can have as many as you like: menu, "New workspace". Each is billed by itself.',
      ),
      status(32, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 8,
    time: '13:48',
    name: 'Amir Haddad',
    subject: 'API answers 500 on every second call',
    text: 'GET /v2/records returns 500 Internal Server Error on about half of the calls since 13:30. Our production import is down because of it.',
    then: [
      reply(
        14,
        'Hello Amir,\n\nwe see it too. One of two nodes lost its connection to the database; it is being taken out now.',
      ),
      reply(49, 'All calls answer again since 14:35. We are sorry for the interruption; a report follows.'),
      status(55, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 8,
    time: '15:22',
    name: 'Sanne de Vries',
    subject: 'Colleague left, how do I take over her boards?',
    text: 'A colleague left the company yesterday. Her 14 boards are private and we need them. I am the owner of the account.',
    then: [
      reply(
        88,
        'Hello Sanne,\n\nas the owner you can do so under "Members", "Hand over". I have switched it on for your account.',
      ),
      status(90, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 8,
    time: '19:40',
    name: 'Piotr Nowak',
    subject: 'Please delete my account and all data',
    text: 'I want my account and all personal data deleted, as the GDPR gives me the right to. Please confirm in writing.',
    then: [
      reply(860, 'Hello Piotr,\n\nyour account is closed. All data is deleted within 30 days; you get a confirmation.'),
      note(862, 'Deletion job 7781 is set for 12 December.'),
      status(865, 'on_hold'),
    ],
  },
  {
    daysAgo: 7,
    time: '08:31',
    name: 'Grace Mbeki',
    subject: 'Payment failed, card is fine',
    text: 'Your page says "payment failed" for my Visa. The bank says that nothing was refused on their side.',
    then: [
      reply(
        44,
        'Hello Grace,\n\nthe bank asked for a second confirmation that our page did not show. Please try the link below; it does.',
      ),
      customer(300, THANKS),
      status(310, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 7,
    time: '09:12',
    name: 'Erik Sandberg',
    subject: 'Feature: colours for single select fields',
    text: 'It would help us a lot to choose the colour of each option ourselves.',
    then: [
      reply(120, 'Hello Erik,\n\nthank you, that is noted with your name on it; I will write when there is news.'),
      status(121, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 7,
    time: '10:44',
    name: 'Noor Aziz',
    subject: 'Two-factor codes are always wrong',
    text: 'I changed my phone and the codes of the new one are not accepted. The recovery codes are in a safe at the office.',
    then: [
      reply(36, 'Hello Noor,\n\nplease check that the phone sets its time by itself; codes only work for 30 seconds.'),
      customer(90, 'The time was three minutes off. It works, thanks!'),
      status(96, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 7,
    time: '11:20',
    name: 'Felix Braun',
    subject: 'Webhook does not fire on update',
    text: 'Our webhook fires when a record is created, and never when one is updated. Same endpoint, same secret.',
    then: [
      reply(
        95,
        'Hello Felix,\n\nthe subscription was made before updates existed. Please save it once more; the new event is then included.',
      ),
      status(96, 'pending'),
      customer(1500, 'Saved it again, now both come. Thank you!'),
      status(1540, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 7,
    time: '14:03',
    name: 'Beatriz Costa',
    subject: 'Refund for the unused months',
    text: 'We paid for a year and stopped after four months. Is a refund for the rest possible?',
    then: [
      note(20, 'Annual plan, 8 months left. Finance decides above 300 EUR.'),
      reply(190, 'Hello Beatriz,\n\nfinance has agreed: 392 EUR go back to your card this week.'),
      status(191, 'resolved'),
      status(2900, 'closed'),
    ],
  },
  {
    daysAgo: 7,
    time: '16:15',
    name: 'Liam Doyle',
    subject: 'Import of 200 attachments hangs at 63 %',
    text: 'The import of our old tickets hangs at 63 % since an hour. Reloading starts it again from 0.',
    then: [
      reply(
        58,
        'Hello Liam,\n\none file is larger than 100 MB, and the import waits for it for ever. I skipped it; the rest is through.',
      ),
      status(60, 'pending'),
    ],
  },
  {
    daysAgo: 4,
    time: '07:58',
    name: 'Chen Wei',
    subject: 'Urgent: whole team is locked out',
    text: 'Nobody in our team of 40 can log in since this morning, everybody sees "workspace suspended". We have a customer demo at 10.',
    then: [
      reply(
        9,
        'Hello Chen Wei,\n\nthe suspension came from a failed payment of 1 November. I lifted it; please try now.',
      ),
      customer(16, 'We are in. That was fast, thank you.'),
      status(20, 'resolved'),
    ],
  },
  {
    daysAgo: 4,
    time: '08:40',
    name: 'Isabel Moreno',
    subject: 'Invoice address has changed',
    text: 'Our new address is Calle Mayor 12, 28013 Madrid. Please use it from the next invoice.',
    then: [reply(33, 'Hello Isabel,\n\ndone: the next invoice has it.'), status(34, 'resolved')],
  },
  {
    daysAgo: 4,
    time: '09:26',
    name: 'David Klein',
    subject: 'Search does not find umlauts',
    text: 'When I search for "Müller" I find nothing, "Muller" finds him. It used to work.',
    then: [
      reply(
        70,
        'Hello David,\n\nthe index was built anew on Friday with the wrong settings. It is being built again; by noon you should find him.',
      ),
      status(72, 'pending'),
      customer(420, 'Found him. Thanks!'),
      status(440, 'resolved'),
    ],
  },
  {
    daysAgo: 4,
    time: '10:10',
    name: 'Aisha Bello',
    subject: 'Trial ended early',
    text: 'Our trial ended after 7 days, the page promised 14. We had just invited everybody.',
    then: [
      reply(21, 'Hello Aisha,\n\nit should have been 14, indeed. I gave you 14 more from today.'),
      status(22, 'resolved'),
    ],
  },
  {
    daysAgo: 4,
    time: '11:33',
    name: 'Mikkel Holm',
    subject: 'Formula field shows #ERROR since the update',
    text: 'Every formula with DATEADD shows #ERROR since yesterday evening. 3,000 rows are affected, and our invoices are made from them.',
    then: [
      note(15, 'Reproduced. DATEADD with a field as unit. ENG-2211.'),
      reply(
        32,
        'Hello Mikkel,\n\nwe can see it, and have found the cause. A corrected version goes out this afternoon.',
      ),
      reply(260, 'The correction is out. Your formulas compute again; please tell us if one does not.'),
      customer(300, 'All good again.'),
      status(310, 'resolved'),
    ],
  },
  {
    daysAgo: 4,
    time: '13:05',
    name: 'Rosa Caruso',
    subject: 'Where is my data stored?',
    text: 'Our data protection officer asks in which country our data is kept, and who else processes it.',
    then: [
      reply(110, 'Hello Rosa,\n\nin Frankfurt, with a copy in Dublin. The list of processors is attached.'),
      status(111, 'resolved'),
    ],
  },
  {
    daysAgo: 4,
    time: '14:47',
    name: 'Viktor Horvat',
    subject: 'Automations run twice',
    text: 'Each of our automations has run twice since Friday: customers get two mails each. Please stop that at once!',
    then: [
      reply(
        18,
        'Hello Viktor,\n\nyou have the old and the new trigger at the same time. I switched the old one off; please have a look.',
      ),
      customer(50, 'Once only now. Thanks.'),
      status(55, 'resolved'),
    ],
  },
  {
    daysAgo: 4,
    time: '16:30',
    name: 'Emily Clarke',
    subject: 'Discount for charities?',
    text: 'We are a registered charity in Leeds with 12 volunteers. Do you offer a discount?',
    then: [
      reply(980, 'Hello Emily,\n\nwe do: 50 %. Please send us a copy of your registration.'),
      status(981, 'needs_info'),
    ],
  },
  {
    daysAgo: 3,
    time: '08:20',
    name: 'Samuel Osei',
    subject: 'Card declined, but money was taken',
    text: 'The checkout said "card declined" three times. Now there are three reservations of 99 EUR on my account!',
    then: [
      reply(
        27,
        'Hello Samuel,\n\nthe three are reservations, no payments; your bank lets go of them within days. I wrote to the bank as well.',
      ),
      customer(1450, 'Two are gone, one is still there.'),
      reply(1490, 'The third ends on Friday at the latest, the bank says. I will look again then.'),
      status(1491, 'pending'),
    ],
  },
  {
    daysAgo: 3,
    time: '09:02',
    name: 'Ingrid Solberg',
    subject: 'Cannot open the mobile app',
    text: 'Since version 5.2 the app closes as soon as I open it. Pixel 8, Android 16.',
    then: [
      reply(66, 'Hello Ingrid,\n\nplease clear the storage of the app once; 5.2.1, which mends it, is in review.'),
      status(67, 'pending'),
    ],
  },
  {
    daysAgo: 3,
    time: '09:51',
    name: 'Matteo Greco',
    subject: 'Permissions: viewer can delete',
    text: 'A colleague with the role "viewer" has deleted a whole view. That must not be possible. How do we get it back?',
    then: [
      note(12, 'Serious. Told engineering at 10:05, ENG-2215.'),
      reply(
        24,
        'Hello Matteo,\n\nthe view is back. You are right that a viewer must not be able to do that; we are looking into how it was.',
      ),
      reply(320, 'It was a fault in shared views, mended an hour ago. Thank you for telling us.'),
      status(322, 'resolved'),
    ],
  },
  {
    daysAgo: 3,
    time: '10:37',
    name: 'Zofia Lis',
    subject: 'Add seats in the middle of the month',
    text: 'If I add three seats today, do I pay for the whole month?',
    then: [
      reply(29, 'Hello Zofia,\n\nonly from today on; the page shows the sum before you confirm.'),
      status(30, 'resolved'),
    ],
  },
  {
    daysAgo: 3,
    time: '11:45',
    name: 'Ahmed Karim',
    subject: 'SSO: users land on the wrong workspace',
    text: 'With single sign-on, everybody from our Cairo office lands on the workspace of the Berlin office.',
    then: [
      reply(130, 'Hello Ahmed,\n\nwhich value does your provider send as "department" for Cairo? I think it is empty.'),
      status(131, 'needs_info'),
      customer(1300, 'It was empty. We now send "cairo".'),
      reply(1340, 'Then I map "cairo" to your workspace. Please have one colleague try.'),
      status(1341, 'pending'),
    ],
  },
  {
    daysAgo: 3,
    time: '14:28',
    name: 'Nina Schäfer',
    subject: 'Printing cuts off the last column',
    text: 'Whenever we print the weekly plan the last column is missing. Landscape, A4.',
    then: [
      reply(200, 'Hello Nina,\n\nplease choose "Fit to page" in the print menu. We will make that the usual.'),
      status(201, 'resolved'),
    ],
  },
  {
    daysAgo: 3,
    time: '15:55',
    name: 'Paolo Ricci',
    subject: 'Invoice 2026-1203 was paid, reminder came',
    text: 'We paid invoice 2026-1203 on 10 November and got a reminder today. Proof of payment is attached.',
    then: [
      reply(
        1010,
        'Hello Paolo,\n\nthe payment came without the number and was not matched. It is now; please ignore the reminder.',
      ),
      status(1011, 'resolved'),
    ],
  },
  {
    daysAgo: 2,
    time: '08:05',
    name: 'Kate Morrison',
    subject: 'Urgent: production sync is down',
    text: 'The sync to our production database is down since 07:40. Orders do not arrive. This is urgent, every hour costs us money.',
    then: [
      reply(
        12,
        'Hello Kate,\n\nyour token ran out at 07:38. I have made it valid for two more days, so that orders arrive; please make a new one.',
      ),
      customer(20, 'Orders arrive again. Thank you, that was quick.'),
      status(30, 'resolved'),
    ],
  },
  {
    daysAgo: 2,
    time: '08:49',
    name: 'Bruno Keller',
    subject: 'Change the owner of our account',
    text: 'Our managing director has changed. How do we make the new one the owner of the account?',
    then: [
      reply(92, 'Hello Bruno,\n\nfor that we need a letter from the company, signed by both. The form is attached.'),
      status(93, 'needs_info'),
    ],
  },
  {
    daysAgo: 2,
    time: '09:35',
    name: 'Yuki Tanaka',
    subject: 'Japanese text is broken in PDF',
    text: '日本語のテキストが PDF で「□□□」になります。PDF exports show boxes instead of our text.',
    then: [
      reply(
        105,
        'Hello Yuki,\n\nthank you for the file. The font was left out of the last build; it is back on Monday. Until then "Print" makes a good PDF.',
      ),
      status(106, 'on_hold'),
    ],
  },
  {
    daysAgo: 2,
    time: '10:18',
    name: 'Laura Jensen',
    subject: 'Upgrade to the business plan',
    text: 'We want to upgrade 25 seats to the business plan. Can you send an offer for a year?',
    then: [
      note(8, 'Sales wants to call her; asked for a slot.'),
      reply(150, 'Hello Laura,\n\nour offer is attached. It holds until the end of the month.'),
      status(151, 'pending'),
    ],
  },
  {
    daysAgo: 2,
    time: '11:27',
    name: 'Omar Farouk',
    subject: 'Password reset mail never arrives',
    text: 'I asked for the reset mail five times and nothing arrives, not even in spam. omar@example.com',
    then: [
      reply(
        40,
        'Hello Omar,\n\nour mails to you came back in August, so your address was paused. I took the pause away; please ask once more.',
      ),
      customer(65, 'There it is. Thanks!'),
      status(70, 'resolved'),
    ],
  },
  {
    daysAgo: 2,
    time: '13:15',
    name: 'Anna Kovács',
    subject: 'Rows disappear when two people edit',
    text: 'When my colleague and I edit the same table, rows of mine disappear. We lost about an hour of work, twice.',
    then: [
      note(30, 'Can see it in the log: both have version 5.1 in one browser and 5.2 in the other.'),
      reply(
        85,
        'Hello Anna,\n\nyour rows are back, from the history. One of you still has an old version open; please reload both.',
      ),
      customer(1200, 'It happened again this morning, with both of us on the new version.'),
    ],
  },
  {
    daysAgo: 2,
    time: '14:41',
    name: 'Peter Novák',
    subject: 'Do you support Czech holidays?',
    text: 'The calendar view knows German holidays only. Is there a way to add ours?',
    then: [reply(160, 'Hello Peter,\n\nyes: "Settings", "Calendar", "Add country".'), status(161, 'resolved')],
  },
  {
    daysAgo: 2,
    time: '16:02',
    name: 'Julia Hoffmann',
    subject: 'Double charge on renewal',
    text: 'The renewal of yesterday was charged twice: 588 EUR each. Please refund one as soon as possible.',
    then: [
      reply(1000, 'Hello Julia,\n\nI see both. The refund needs a colleague of finance; you hear from us today.'),
      note(1003, 'Finance: please refund ch_3Q7.'),
      status(1005, 'on_hold'),
    ],
  },
  {
    daysAgo: 2,
    time: '22:10',
    name: 'Carlos Mendes',
    subject: 'API rate limit',
    text: 'What is the limit of calls per minute on the free plan? The docs say 60 on one page and 30 on another.',
    then: [
      reply(700, 'Hello Carlos,\n\nit is 60. The other page is corrected; thank you for telling us.'),
      status(701, 'resolved'),
    ],
  },
  {
    daysAgo: 1,
    time: '08:12',
    name: 'Sophie Laurent',
    subject: 'Cannot accept the invitation',
    text: 'The link in the invitation says "expired", although it came ten minutes ago.',
    then: [
      reply(
        35,
        'Hello Sophie,\n\na second invitation makes the first one void. Please use the newest; I sent it just now.',
      ),
      customer(50, 'That worked.'),
      status(55, 'resolved'),
    ],
  },
  {
    daysAgo: 1,
    time: '08:50',
    name: 'Hannah Fischer',
    subject: 'Payment method cannot be removed',
    text: 'I want to remove an old card, but the button does nothing. Firefox and Chrome.',
    then: [
      reply(
        90,
        'Hello Hannah,\n\nit is the only card, and one must stay while a plan runs. Please add the new one first.',
      ),
      status(91, 'pending'),
    ],
  },
  {
    daysAgo: 1,
    time: '09:33',
    name: 'Adrian Popescu',
    subject: 'Question about the data processing agreement',
    text: 'Our lawyers ask for a signed data processing agreement before we can start. Do you have a template?',
    then: [note(25, 'Legal has a new one since October; asked them for it.')],
  },
  {
    daysAgo: 1,
    time: '10:20',
    name: 'Mei Lin',
    subject: 'Attachments are slow to open',
    text: 'Opening a picture takes 20 seconds and more since Monday. Everything else is fast. We are in Singapore.',
    then: [
      reply(180, 'Hello Mei Lin,\n\nthank you. Could you open the page in the link and send us what it shows?'),
      status(181, 'needs_info'),
    ],
  },
  {
    daysAgo: 1,
    time: '11:08',
    name: 'Robert Hughes',
    subject: 'Error 403 when sharing a view',
    text: 'Sharing a view with a client gives "403 Forbidden" since the roles were changed. The client waits for the numbers.',
    then: [
      reply(
        240,
        'Hello Robert,\n\nyour role lost the right to share with outsiders. Your owner can give it back; may I write to her?',
      ),
      customer(300, 'Yes please.'),
    ],
  },
  {
    daysAgo: 1,
    time: '12:44',
    name: 'Elena Petrova',
    subject: 'Счёт на оплату',
    text: 'Здравствуйте! Пришлите, пожалуйста, счёт за ноябрь на имя компании. Please send us the invoice for November in the name of the company.',
    then: [{ after: 60, do: 'category', to: 'billing' }],
  },
  {
    daysAgo: 1,
    time: '14:25',
    name: 'Jack Thompson',
    subject: 'Refund: wrong plan bought',
    text: 'I bought the yearly plan by mistake and wanted the monthly one. Can I get a refund and change?',
    then: [{ after: 30, do: 'give back' }, note(45, 'Ana is in training this afternoon.')],
  },
  {
    daysAgo: 1,
    time: '15:10',
    name: 'Fatima Zahra',
    subject: 'مشكلة في تسجيل الدخول',
    text: 'السلام عليكم، لا أستطيع تسجيل الدخول إلى حسابي منذ أمس. تظهر رسالة خطأ في كل مرة. I cannot log in since yesterday.',
    then: [],
  },
  {
    daysAgo: 1,
    time: '15:52',
    name: 'Simon Baker',
    subject: 'Backup: restore one table',
    text: 'Is it possible to restore one single table from last night? Somebody emptied it by mistake.',
    then: [
      reply(
        1090,
        'Hello Simon,\n\nit is, and it is under way. You will find it as "Orders (restored)" within the hour.',
      ),
    ],
  },
  {
    daysAgo: 1,
    time: '17:40',
    name: 'Clara Neumann',
    subject: 'Question',
    text: 'Hi, I need help with my table. Can somebody call me?',
    then: [],
  },
  {
    daysAgo: 0,
    time: '06:12',
    name: 'Diego Alvarez',
    subject: 'Payment failed twice, my card was charged',
    text: 'Good morning, the payment failed twice this morning and my card was charged both times (49,00 EUR each). I still cannot open my workspace. Please help, my team starts at nine.',
    then: [
      {
        after: 175,
        do: 'note',
        text: 'Both charges are on the account: ch_9A1 and ch_9A2. The workspace is open again; waiting for finance for the refund.',
      },
    ],
  },
  {
    daysAgo: 0,
    time: '07:30',
    name: 'Greta Holm',
    subject: 'Cannot log in: account is locked',
    text: 'I am locked out of my account after three tries. I have a presentation at noon and all my notes are in there.',
    then: [
      reply(
        98,
        'Hello Greta,\n\nyour account is open again. Please choose a new password with the link that you get in a minute.',
      ),
    ],
  },
  {
    daysAgo: 0,
    time: '08:02',
    name: 'Ravi Menon',
    subject: 'Urgent: API down for all our shops',
    text: 'Every call to /v2/orders answers 503 since 07:50. All 14 shops are affected and cannot sell. This is urgent!',
    then: [
      reply(64, 'Hello Ravi,\n\nwe are on it: a certificate ran out at 07:48. The new one is being rolled out now.'),
      note(70, 'Statuspage is up. Kate Morrison had the same on Wednesday, unrelated.'),
    ],
  },
  {
    daysAgo: 0,
    time: '08:40',
    name: 'Maria Santos',
    subject: 'Invoice for October is missing',
    text: 'I have invoices for every month but October. Could you send it again?',
    then: [],
  },
  {
    daysAgo: 0,
    time: '09:05',
    name: 'Henrik Dahl',
    subject: 'Feature request: recurring records',
    text: 'A record that comes back every week would save us a lot of copying.',
    then: [],
  },
  {
    daysAgo: 0,
    time: '09:28',
    name: 'Olivia Grant',
    subject: 'Refund has not arrived after two weeks',
    text: 'You promised a refund on 5 November. It has not arrived and nobody answers my mails. I am getting angry.',
    then: [],
  },
  {
    daysAgo: 0,
    time: '09:55',
    name: 'Lars Nygaard',
    subject: 'Export contains deleted rows',
    text: 'The CSV export of today contains rows that were deleted last week. We sent them to a supplier.',
    then: [],
  },
  {
    daysAgo: 0,
    time: '10:20',
    name: 'Tereza Dvořáková',
    subject: 'Where do I change the language?',
    text: 'The app is in German for me since yesterday. I would like it in English again 🙂',
    then: [reply(18, 'Hello Tereza,\n\nclick on your picture, then "Sprache".'), status(19, 'pending')],
  },
  {
    daysAgo: 0,
    time: '10:41',
    name: 'Amara Diallo',
    subject: 'Error when saving a form',
    text: 'Saving our registration form ends with "error 422" since ten minutes ago. The registration opens at one o’clock.',
    then: [],
  },
  {
    daysAgo: 0,
    time: '10:52',
    name: 'Ben Fletcher',
    subject: 'Card expired, how do I pay?',
    text: 'My card expired and the payment page only shows the old one. How do I add another?',
    then: [],
  },
];
