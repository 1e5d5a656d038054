import { topics } from './topic.ts';

/** Ways in, rights and data. */
export const ACCOUNTS = topics({ pace: 'usual', ownWords: true }, [
  {
    subjects: ['Locked out', 'Locked out before the first client'],
    text: 'I am locked out after three wrong passwords, and the first client comes in half an hour. Could you let me in as soon as possible?',
    answer:
      'you are unlocked. The lock would have opened by itself after 15 minutes; I know how long they can be in the morning.',
    pace: 'soon',
  },
  {
    subjects: ['New phone, no codes', 'Two-factor: my phone is gone'],
    text: 'my phone fell into the water and the authenticator with it. How do I get in without the code? I do not have the backup codes either.',
    answer:
      'thank you for the call. I have switched off the second step for 24 hours; please set it up on the new phone right after signing in, and print the backup codes this time.',
    ask: [
      'I can switch it off once I know that it is you. Please tell me the date of your last invoice and its amount, or ask another owner of the account to write to us.',
      'the last invoice was on {date} over {amount}.',
    ],
    pace: 'soon',
    note: 'Identity checked by invoice and call back.',
  },
  {
    subjects: ['Invitation does not arrive', 'Invitation for {staff} is lost'],
    text: 'I sent {staff} an invitation three times, and nothing arrives. Not in spam either. She starts on {weekday}.',
    answer:
      'her address has a dot too many: the first try bounced and we stopped sending to it. I corrected it, and she has accepted the invitation already.',
  },
  {
    subjects: ['New account owner', 'Please make {staff} the account owner'],
    text: 'I am handing the salon over to {staff} on the first of {month}. Please make her the account owner and take me out after that.',
    answer:
      '{staff} is the owner as of today; you stay on as a manager until the end of the month, and then your access ends by itself.',
    ask: [
      'all the best for both of you! As this cannot be undone by us, I need a short yes from {staff} from her own address.',
      'she has just written to you, number T-1{digits}.',
    ],
  },
  {
    subjects: ['Delete my account', 'Please delete everything you have about us'],
    text: 'please delete my account and all the data that you hold about me and my clients, and confirm it in writing, as the law says.',
    answer:
      'your account and all data in it are deleted as of today. Invoices have to be kept for ten years; apart from those nothing is left. This mail is the confirmation.',
    ask: [
      'I will do so. Before it is final: have you exported what you want to keep? And please confirm with the code that I sent to the owner’s address.',
      'yes, all exported. The code is {digits}.',
    ],
    note: 'Deletion under Art. 17. Proof filed.',
  },
  {
    subjects: ['Different address for my login', 'Change of my login'],
    text: 'I married and have a new name and a new address. How can I change my login without losing my calendar?',
    answer:
      'congratulations! Under "Me" you can change both; the calendar stays as it is. I have already sent the link that confirms the new address.',
    forOthers: { to: 'billing', reason: 'her new name has to go on the invoices too' },
  },
  {
    subjects: ['Former employee still has access', 'Take {staff} out, please'],
    text: '{staff} does not work here any more and I believe she can still log in from her phone. Please stop that immediately, there are clients’ data in there.',
    answer:
      'done, and I ended all her sessions, the phone included. She last signed in on {date}. You can do it yourself under Settings, Team, "Remove and sign out".',
    pace: 'soon',
    note: 'Removed and signed out everywhere. Last seen {date}.',
  },
  {
    subjects: ['Password reset mail does not come', 'Reset mail missing'],
    text: 'I asked for a new password four times. No mail. I am sure that the address is right.',
    answer:
      'your account uses the address with "info@", so that is where all four mails are. Would you like me to change it?',
    again: ['yes please, to the one I write from.', 'changed. From now on this address is your login.'],
    forOthers: { to: 'technical', reason: 'the mails left us and never arrived; needs a look at the mail log' },
  },
  {
    subjects: ['Logged out every hour', 'Why am I logged out all the time?'],
    text: 'I get logged out about every hour, in the middle of a phone call with clients. It started on {weekday}.',
    answer:
      'your browser deletes cookies when a tab closes; that was switched on by an update on {weekday}. With an exception for our page you stay in.',
    ask: ['which browser is it, and did anything change on {weekday}?', '{browser}. There was an update, yes.'],
    forOthers: { to: 'technical', reason: 'sessions end too soon; needs a look at the log' },
  },
  {
    subjects: ['Reception must not see prices', 'Trainee sees turnover'],
    text: 'our trainee can see the turnover of the whole house when she has her login open. Which role should she have?',
    answer:
      '"Front desk" sees the calendar and clients and no money. I did not change it for you, since only owners should: Settings, Team, her name, Role.',
    really: 'account',
  },
  {
    subjects: ['Sign in with our company account', 'Single sign-on'],
    text: 'our IT wants everybody to sign in with the company account. Is there a way to do that with {plan}?',
    answer:
      'it is part of House. I have switched it on for a trial of 30 days, so that your IT can look at it; the instructions are in the mail after this one.',
    hold: [
      'there is. I have asked our security people for the form that your IT needs.',
      'Asked security for the metadata form.',
    ],
  },
  {
    subjects: ['A client asks for her data', 'Data of {client}'],
    text: '{client} wants to know everything that we hold about her, as is her right. Can we export that, and delete my account notes from it? She has no password with us.',
    answer:
      'yes: open her card, "…", "Export for client". It leaves out private notes, which you have to judge yourself. A month is the limit.',
  },
]);
