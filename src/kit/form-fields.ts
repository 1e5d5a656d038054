import { z } from 'zod';

/** Which question of a form holds what, for settings of channels; what is null is guessed. */
export const FormFields = z
  .strictObject({
    name: question("the requester's name", 'Your name'),
    email: question("the requester's address", 'Work email'),
    subject: question('the subject', 'In one sentence'),
    message: question('the message', 'What happened?'),
  })
  .prefault({})
  .describe(
    'Which question asks for what, by its title or id. What is left out is guessed from types, titles and looks.',
  );
export type FormFields = z.output<typeof FormFields>;

function question(what: string, example: string) {
  return z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(`The question that asks for ${what}. Null guesses.`)
    .meta({ examples: [example] });
}
