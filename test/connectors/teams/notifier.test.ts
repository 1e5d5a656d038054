import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTeamsNotifier } from '../../../connectors/teams/notifier.ts';
import { aNotice, aPerson, aSystem, HOSTILE } from '../../support/notices.ts';

const Card = z.object({ content: z.object({ body: z.array(z.unknown()), msteams: z.unknown() }) });
const Said = z.object({ attachments: z.tuple([Card]) });

const WORKFLOW = 'https://prod.logic.azure.example/workflows/1?sig=secret';

describe('notices in Teams', () => {
  it('are a card whose texts are no markup, and call whoever has a handle', async () => {
    const { ask, asked } = aSystem([{ status: 202 }]);
    const people = [aPerson('Ana', 'ana@contoso.example'), aPerson('Ben')];
    const items = [{ title: HOSTILE, text: '' }];
    await createTeamsNotifier({}, { access: WORKFLOW, ask }).send(aNotice({ to: '', people, items }));
    const { body, msteams } = Said.parse(asked[0]?.body).attachments[0].content;
    expect(body).toMatchObject([
      { type: 'TextBlock', text: 'For <at>Ana</at>, Ben' },
      {
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text: HOSTILE, selectAction: { url: 'https://desk.example/tickets/1001' } }],
      },
      { type: 'RichTextBlock' },
    ]);
    expect(msteams).toMatchObject({
      entities: [{ type: 'mention', text: '<at>Ana</at>', mentioned: { id: 'ana@contoso.example', name: 'Ana' } }],
    });
  });

  it('stay within the 28 KB of a card, however many they are and in whatever script', async () => {
    const { ask, asked } = aSystem([{ status: 202 }, { status: 202 }]);
    const notifier = createTeamsNotifier({}, { access: WORKFLOW, ask });
    await notifier.send(aNotice({ items: Array.from({ length: 31 }, () => ({ title: '字'.repeat(150), text: '' })) }));
    await notifier.send(aNotice({ items: [{ title: '字'.repeat(900), text: '字\n'.repeat(4000) }] }));
    expect(asked.map(({ body }) => Buffer.byteLength(JSON.stringify(body)) < 28_000)).toEqual([true, true]);
  });

  it('that a workflow does not take say nothing of its address', async () => {
    const { ask } = aSystem([{ status: 404 }]);
    const sent = createTeamsNotifier({}, { access: WORKFLOW, ask }).send(aNotice());
    await expect(sent).rejects.toMatchObject({ code: 'chat.refused', message: expect.not.stringContaining('sig') });
  });
});
