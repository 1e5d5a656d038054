import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `json`. */
export const JsonSettings = z
  .strictObject({
    fields: z
      .strictObject({
        name: path("the requester's name", 'customer.name'),
        email: path("the requester's address", 'customer.email'),
        phone: path("the requester's telephone number", 'customer.phone'),
        chat: path("the requester's id in a chat, as `slack:U123` or without the kind,", 'customer.chat_id'),
        subject: path('the subject', 'ticket.title'),
        message: path('the message', 'ticket.body'),
        id: path("the sender's own id, by which a repeated delivery is recognised,", 'submission.id'),
        sentAt: path('the time of the event, with its zone,', 'created_at'),
        ticket: path('the number of the ticket that this belongs to', 'ticket_number'),
        headers: z
          .string()
          .min(1)
          .default('headers')
          .describe(
            'Where the headers of a mail stand, by which answers of machines, newsletters and letters that came back are known.',
          )
          .meta({ examples: ['headers'] }),
        files: path('the files, as links or as objects with a link,', 'submission.uploads'),
      })
      .prefault({})
      .describe('Where each part of a request stands. What is left out is guessed from names and looks.'),
    account: z
      .record(z.string().regex(/^\w+$/, 'a name of letters, digits and _'), z.string().min(1))
      .default({})
      .describe(
        "What the sender knows of the requester's account, as name and dotted path; rules read it as requester.account.<name>. An account with vip: true goes first.",
      )
      .meta({ examples: [{ invoice: 'customer.invoice_state', vip: 'customer.is_vip' }] }),
  })
  .prefault({});
export type JsonSettings = z.output<typeof JsonSettings>;

function path(what: string, example: string) {
  return z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(`Where ${what} stands in the body, as a dotted path. Null guesses.`)
    .meta({ examples: [example] });
}
