/** The help of a small shop that sells lamps over the web, with an app that switches them. */
export interface ShelfArticle {
  name: string;
  title: string;
  keywords: readonly string[];
  body: string;
}

export const HELP_SHELF: readonly ShelfArticle[] = [
  {
    name: 'delivery-times',
    title: 'How long delivery takes',
    keywords: ['shipping'],
    body: 'Orders that reach us before noon leave the warehouse the same day. Within the country a parcel takes two working days, to neighbouring countries four, overseas up to three weeks. Before holidays it can be longer.',
  },
  {
    name: 'track-parcel',
    title: 'Track your parcel',
    keywords: ['where is my order', 'tracking'],
    body: 'As soon as the carrier has the parcel we send you the tracking number by email. You find it under My orders, too. The first scan appears in the evening.',
  },
  {
    name: 'parcel-damaged',
    title: 'When something arrives damaged',
    keywords: ['broken'],
    body: 'Take two pictures, one of the box and one of the damage, and send them within seven days. You need not send the lamp back. We replace it at no cost.',
  },
  {
    name: 'missing-item',
    title: 'When a part of the order is missing',
    keywords: ['incomplete'],
    body: 'Large orders come in several boxes, which may travel on different days; the confirmation says how many. Look between the layers of the packing, where small parts such as screws and bulbs lie. If something is still not there, tell us which.',
  },
  {
    name: 'return-goods',
    title: 'Send something back',
    keywords: ['return', 'withdrawal'],
    body: 'You have 30 days. Print the label under My orders, stick it on the box and hand it in at any post office. Used bulbs cannot be taken back. The money comes to the same account that paid, about a week after the goods reach us.',
  },
  {
    name: 'exchange',
    title: 'Exchange for another colour or size',
    keywords: ['swap'],
    body: 'Order the new one and return the old one with the label; so that nobody has to wait for the other. You pay no postage for an exchange.',
  },
  {
    name: 'cancel-order',
    title: 'Cancel or change an order',
    keywords: ['stop'],
    body: 'Until we begin to pack, usually an hour after you ordered, you can cancel or correct it yourself under My orders. Later refuse the parcel at the door, or send it back.',
  },
  {
    name: 'change-address',
    title: 'Change the delivery address',
    keywords: ['moved house'],
    body: 'As long as the order is not packed: My orders, Edit address. On the way you can redirect it on the page of the carrier. For all later ones change the address book of your account.',
  },
  {
    name: 'pickup-point',
    title: 'Collect from a shop or locker',
    keywords: ['pick up', 'click and collect'],
    body: 'Choose the pick-up point at the checkout. It keeps the parcel for seven days; bring an identity card and the code that we text you.',
  },
  {
    name: 'payment-methods',
    title: 'Ways to pay',
    keywords: ['credit card', 'PayPal', 'instalments'],
    body: 'Cards, PayPal, bank transfer, and on account for companies. From 200 euros you may pay in three instalments without interest. Cheques are not accepted.',
  },
  {
    name: 'payment-declined',
    title: 'When a payment is declined',
    keywords: ['charge failed'],
    body: 'Most often the bank wants you to confirm it in its own app, or the limit is reached. Try again after ten minutes, or choose another way. An amount that shows as pending goes back within five days.',
  },
  {
    name: 'charged-twice',
    title: 'Two charges for one order',
    keywords: ['double'],
    body: 'The first line is a reservation that disappears within five working days. If both are booked after a week, send us the statement.',
  },
  {
    name: 'invoice',
    title: 'Get an invoice, or correct one',
    keywords: ['receipt', 'VAT', 'bill'],
    body: 'Each invoice is a PDF under My orders. For another company name or a tax number write to us before the end of the month; we issue it anew.',
  },
  {
    name: 'voucher',
    title: 'Vouchers and discount codes',
    keywords: ['promo', 'gift card', 'coupon'],
    body: 'Enter the code in the basket, without spaces. One code for each order. A gift card can be used in several goes and is good for three years; a code of the newsletter needs 50 euros.',
  },
  {
    name: 'refund-status',
    title: 'When the money of a return arrives',
    keywords: ['refund', 'reimbursed'],
    body: 'Goods are examined within three days of their arrival, and then we pay back. Cards need up to five more working days, PayPal one.',
  },
  {
    name: 'reset-password',
    title: 'Choose a new password',
    keywords: ['forgot', 'sign in', 'log in', 'locked'],
    body: 'On the page where you sign in choose Forgot password. The link in our mail is good for an hour. Look in the spam folder. After five wrong attempts wait 15 minutes.',
  },
  {
    name: 'change-email',
    title: 'Change the email address of your account',
    keywords: ['new address'],
    body: 'Account, Personal data, Email. We send a link to both the old and the new one; both must be clicked. Without access to the old mailbox a person has to check who you are.',
  },
  {
    name: 'delete-account',
    title: 'Delete your account and data',
    keywords: ['GDPR', 'privacy', 'erase'],
    body: 'Account, Personal data, Delete. Invoices must be kept by law for ten years, everything else is gone after 30 days. You can have a copy of all that we know of you before.',
  },
  {
    name: 'newsletter',
    title: 'Stop or start the newsletter',
    keywords: ['unsubscribe', 'marketing'],
    body: 'The last line of each mail leads to a page where one click is enough. Messages about an order go on, since the law wants them.',
  },
  {
    name: 'pair-lamp',
    title: 'Connect a lamp to the app',
    keywords: ['pair', 'setup', 'bluetooth'],
    body: 'Switch the lamp off and on three times until it blinks blue. Then tap the plus in the app and hold the phone near. Only one phone can do it at a time; close the app on others.',
  },
  {
    name: 'wifi',
    title: 'The lamp loses its network',
    keywords: ['wireless', 'router', 'offline'],
    body: 'Lamps speak 2.4 GHz only. Separate the two bands of your router, keep the name of the network without special characters, and move nearer. After a new router connect every lamp anew.',
  },
  {
    name: 'factory-reset',
    title: 'Set a lamp back to how it came',
    keywords: ['reset', 'second hand'],
    body: 'Switch it off and on ten times within half a minute. It blinks red, forgets all phones and timers, and can be set up again. Do so before you sell it or give it away.',
  },
  {
    name: 'flicker',
    title: 'When the light flickers or hums',
    keywords: ['dimmer', 'buzzing'],
    body: 'Old wall dimmers are made for filament bulbs. Turn it to full, or put in one for LED. A loose thread of the socket does the same: screw the bulb in, with the current off.',
  },
  {
    name: 'wont-turn-on',
    title: 'A lamp stays dark',
    keywords: ['dead', 'no power'],
    body: 'Try another outlet, then another bulb. The small fuse is in the plug. If it was fine before and is dark now, the guarantee may help.',
  },
  {
    name: 'timers',
    title: 'Timers and sunrise',
    keywords: ['schedule', 'alarm', 'wake up'],
    body: 'In the app, Plans: choose days and hours, or the sun. A plan runs in the lamp itself, so that it works without a phone. It follows summer time by itself.',
  },
  {
    name: 'voice',
    title: 'Use it with a voice assistant',
    keywords: ['Alexa', 'Google Home', 'Siri'],
    body: 'Add our skill in the app of the assistant and sign in once. Then let it look for devices. Rooms have to be named in both.',
  },
  {
    name: 'share-home',
    title: 'Let others of the house switch the lamps',
    keywords: ['family', 'guest', 'share'],
    body: 'App, Home, People, Invite. Guests can switch, members can change plans, and only you can remove lamps.',
  },
  {
    name: 'firmware',
    title: 'Update the software of a lamp',
    keywords: ['firmware', 'version'],
    body: 'The app says when there is a new one. Keep the lamp under current for five minutes; it goes dark once. A failed one begins anew by itself.',
  },
  {
    name: 'guarantee',
    title: 'Guarantee and repairs',
    keywords: ['warranty', 'defect', 'repair'],
    body: 'Three years on lamps, one on bulbs, from the day on the invoice. Tell us the serial number under the base; we mend it or send another.',
  },
  {
    name: 'bulb-type',
    title: 'Which bulb fits',
    keywords: ['socket', 'E27', 'GU10', 'watt'],
    body: 'The fitting stands on the label under the shade: E27 is the wide one, E14 the small one, GU10 has two pins. Never take a stronger one than the label says.',
  },
  {
    name: 'hang-ceiling',
    title: 'Put a lamp up at the ceiling',
    keywords: ['install', 'mount', 'wiring'],
    body: 'Let an electrician join the wires. The hook holds 15 kilograms. A drilling template lies in the box, and a film shows each step.',
  },
  {
    name: 'bathroom',
    title: 'Lamps for bathrooms and gardens',
    keywords: ['outdoor', 'waterproof', 'IP44'],
    body: 'Outside and near a shower take one with IP44 or more; the number stands in the list of details of each product. Cables must lie dry.',
  },
  {
    name: 'recycle',
    title: 'Throw away old lamps and batteries',
    keywords: ['recycling', 'disposal', 'waste'],
    body: 'Not into the bin: every collecting point takes them free of charge. We take an old one back when you buy a new one.',
  },
  {
    name: 'business',
    title: 'Buy for a company',
    keywords: ['B2B', 'bulk', 'wholesale', 'net price'],
    body: 'From ten pieces there are prices in steps. Open a business account with your tax number, and pay within 14 days. A person makes you an offer within a day.',
  },
  {
    name: 'ruecksendung',
    title: 'Ware zurückschicken',
    keywords: ['Rücksendung', 'Widerruf'],
    body: 'Sie haben 30 Tage Zeit. Drucken Sie unter Meine Bestellungen das Etikett, kleben Sie es auf den Karton und geben Sie ihn bei der Post ab. Benutzte Leuchtmittel nehmen wir nicht zurück.',
  },
  {
    name: 'passwort',
    title: 'Neues Passwort setzen',
    keywords: ['Kennwort', 'anmelden', 'gesperrt'],
    body: 'Wählen Sie auf der Anmeldeseite Passwort vergessen. Der Link gilt eine Stunde. Nach fünf falschen Versuchen warten Sie 15 Minuten.',
  },
  {
    name: 'rechnung',
    title: 'Rechnung finden oder ändern',
    keywords: ['Beleg', 'Umsatzsteuer'],
    body: 'Jede Rechnung liegt als PDF unter Meine Bestellungen. Für einen anderen Firmennamen schreiben Sie uns bis zum Ende des Monats.',
  },
];
