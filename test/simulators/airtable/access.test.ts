import { describe, expect, it } from 'vitest';
import { aSupportBase } from '../../support/airtable/a-support-base.ts';

const NO_ACCESS = {
  error: {
    type: 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND',
    message:
      'Invalid permissions, or the requested model was not found. Check that both your user and your token have the ' +
      'required permissions, and that the model names and/or ids are correct.',
  },
};

describe('who may ask', () => {
  it('answers 401 without a token, with an unknown one and with a revoked one', async () => {
    const { airtable, ask, base, table, token } = aSupportBase();
    const path = `/${base.id}/${table.id}`;
    const denied = { error: { type: 'AUTHENTICATION_REQUIRED', message: 'Authentication required' } };
    expect(await ask('GET', path, undefined, { token: '' })).toMatchObject({ status: 401, body: denied });
    expect(await ask('GET', path, undefined, { token: 'patWrong' })).toMatchObject({ status: 401, body: denied });
    airtable.revokeToken(token);
    expect(await ask('GET', path)).toMatchObject({ status: 401, body: denied });
  });

  it('answers 403 for a base and a table that nobody made', async () => {
    const { ask, base } = aSupportBase();
    expect(await ask('GET', '/appAAAAAAAAAAAAAA/Tickets')).toMatchObject({ status: 403, body: NO_ACCESS });
    expect(await ask('GET', `/${base.id}/Nowhere`)).toMatchObject({ status: 403, body: NO_ACCESS });
  });

  it('answers 404 with a bare word for what is no id and for a path that leads nowhere', async () => {
    const { ask, base, table } = aSupportBase();
    const nowhere = { status: 404, body: { error: 'NOT_FOUND' } };
    expect(await ask('GET', '/base/Tickets')).toMatchObject(nowhere);
    expect(await ask('GET', `/${base.id}/${table.id}/rec1`)).toMatchObject(nowhere);
    expect(await ask('DELETE', '/meta/whoami')).toMatchObject(nowhere);
  });

  it('answers 403 for a record that never was, and 404 for one that was deleted', async () => {
    const { airtable, ask, base, table } = aSupportBase();
    const id = airtable.people.type('Tickets', { Ticket: 'gone soon' });
    airtable.people.delete('Tickets', id);
    expect((await ask('GET', `/${base.id}/${table.id}/recAAAAAAAAAAAAAA`)).status).toBe(403);
    expect(await ask('GET', `/${base.id}/${table.id}/${id}`)).toMatchObject({
      status: 404,
      body: { error: { type: 'MODEL_ID_NOT_FOUND', message: 'Record not found' } },
    });
  });

  it.each([
    ['GET', '', 'data.records:write'],
    ['POST', '', 'data.records:read'],
  ] as const)('answers 403 to %s of records with the scope %s%s alone', async (method, suffix, scope) => {
    const { airtable, ask, base, table, lea } = aSupportBase();
    const token = airtable.addToken({ userId: lea, scopes: [scope] });
    const body = method === 'POST' ? { fields: {} } : undefined;
    expect(await ask(method, `/${base.id}/${table.id}${suffix}`, body, { token })).toMatchObject({
      status: 403,
      body: NO_ACCESS,
    });
  });

  it('needs access of the token and of its owner', async () => {
    const { airtable, ask, base, table, lea } = aSupportBase();
    const path = `/${base.id}/${table.id}`;
    const elsewhere = airtable.addToken({ userId: lea, bases: [] });
    expect((await ask('GET', path, undefined, { token: elsewhere })).status).toBe(403);
    airtable.setRole(base.id, lea, 'none');
    expect((await ask('GET', path)).status).toBe(403);
  });

  it('lets a reader read and not write, and an editor write and not change the schema', async () => {
    const { airtable, ask, base, table, tom } = aSupportBase();
    const token = airtable.addToken({ userId: tom });
    const fields = `/meta/bases/${base.id}/tables/${table.id}/fields`;
    expect((await ask('POST', fields, { name: 'X', type: 'email' }, { token })).status).toBe(403);
    expect((await ask('POST', `/${base.id}/Tickets`, { fields: {} }, { token })).status).toBe(200);
    airtable.setRole(base.id, tom, 'read');
    expect((await ask('GET', `/${base.id}/Tickets`, undefined, { token })).status).toBe(200);
    expect((await ask('POST', `/${base.id}/Tickets`, { fields: {} }, { token })).status).toBe(403);
  });

  it('refuses a field that is locked for the owner of the token', async () => {
    const { airtable, ask, base } = aSupportBase();
    airtable.designers.lockField('Tickets', 'Status', 'Lea');
    expect(await ask('POST', `/${base.id}/Tickets`, { fields: { Status: 'New' } })).toMatchObject({
      status: 403,
      body: { error: { type: 'INVALID_PERMISSIONS', message: 'insufficient privileges to create row' } },
    });
    const made = await ask('POST', `/${base.id}/Tickets`, { fields: {} });
    const path = `/${base.id}/Tickets/${JSON.parse(JSON.stringify(made.body)).id}`;
    expect(await ask('PATCH', path, { fields: { Status: 'New' } })).toMatchObject({
      status: 403,
      body: {
        error: { type: 'INVALID_PERMISSIONS', message: expect.stringMatching(/the field "Status" \(fld\w{14}\)/) },
      },
    });
    airtable.settings.namesLockedFields = false;
    expect(await ask('PATCH', path, { fields: { Status: 'New' } })).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining('the field or table has been configured') } },
    });
    airtable.designers.unlockField('Tickets', 'Status', 'Lea');
    expect((await ask('PATCH', path, { fields: { Status: 'New' } })).status).toBe(200);
  });
});

describe('who am I and what is there', () => {
  it('tells the id, the address with its scope, and scopes of OAuth tokens alone', async () => {
    const { airtable, ask, lea } = aSupportBase();
    expect((await ask('GET', '/meta/whoami')).body).toEqual({ id: lea, email: 'lea@example.com' });
    const plain = airtable.addToken({ userId: lea, scopes: ['data.records:read'] });
    expect((await ask('GET', '/meta/whoami', undefined, { token: plain })).body).toEqual({ id: lea });
    const oauth = airtable.addToken({ userId: lea, scopes: ['data.records:read'], kind: 'oauth' });
    expect((await ask('GET', '/meta/whoami', undefined, { token: oauth })).body).toEqual({
      id: lea,
      scopes: ['data.records:read'],
    });
  });

  it('lists bases page by page with what one may do in each', async () => {
    const { airtable, ask, base, lea, tom } = aSupportBase({ basesPerPage: 1 });
    const other = airtable.addBase({ name: 'Other', members: [{ userId: lea, role: 'read' }] });
    airtable.addBase({ name: 'Hidden', members: [{ userId: tom, role: 'owner' }] });
    const first = await ask('GET', '/meta/bases');
    expect(first.body).toEqual({
      bases: [{ id: base.id, name: 'Support', permissionLevel: 'owner' }],
      offset: `itr/${other.id}`,
    });
    expect((await ask('GET', `/meta/bases?offset=itr/${other.id}`)).body).toEqual({
      bases: [{ id: other.id, name: 'Other', permissionLevel: 'read' }],
    });
  });

  it('tells the collaborators of a base when it is asked to', async () => {
    const { ask, base, lea, tom } = aSupportBase();
    const { body } = await ask('GET', `/meta/bases/${base.id}?include[]=collaborators`);
    expect(body).toMatchObject({
      id: base.id,
      individualCollaborators: {
        baseCollaborators: [
          { userId: lea, email: 'lea@example.com', permissionLevel: 'owner' },
          { userId: tom, email: 'tom@example.com', permissionLevel: 'edit' },
        ],
      },
    });
    expect((await ask('GET', `/meta/bases/${base.id}`)).body).not.toHaveProperty('individualCollaborators');
  });
});

describe('what comes in', () => {
  it('refuses a parameter that it does not know, and a body that is no JSON', async () => {
    const { airtable, ask, base, token } = aSupportBase();
    const unknown = {
      status: 422,
      body: {
        error: {
          type: 'INVALID_REQUEST_UNKNOWN',
          message: 'Invalid request: parameter validation failed. Check your request data.',
        },
      },
    };
    expect(await ask('GET', `/${base.id}/Tickets?colour=red`)).toMatchObject(unknown);
    expect(await ask('GET', `/${base.id}/Tickets?fields=Ticket`)).toMatchObject(unknown);
    expect(await ask('POST', `/${base.id}/Tickets`, { fields: {}, colour: 'red' })).toMatchObject(unknown);
    const response = await airtable.handle(
      new Request(`https://api.airtable.com/v0/${base.id}/Tickets`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: '{"fields":',
      }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'INVALID_REQUEST_BODY' } });
  });

  it('takes a slash at the end and a bare question mark', async () => {
    const { ask, base } = aSupportBase();
    expect((await ask('GET', `/${base.id}/Tickets/?`)).status).toBe(200);
    expect((await ask('POST', `/${base.id}/Tickets/?`, { fields: {} })).status).toBe(200);
  });

  it('refuses a URL of 16,000 characters, and a body over the size that was set', async () => {
    const { ask, base } = aSupportBase({ maxBodyBytes: 1000 });
    const path = `/${base.id}/Tickets?filterByFormula=`;
    const room = 16_000 - `https://api.airtable.com/v0${path}`.length;
    expect((await ask('GET', path + '1'.repeat(room - 1))).status).toBe(200);
    expect((await ask('GET', path + '1'.repeat(room))).status).toBe(414);
    const long = { fields: { Ticket: 'x'.repeat(1000) } };
    expect(await ask('POST', `/${base.id}/Tickets`, long)).toMatchObject({
      status: 413,
      body: { error: { type: 'REQUEST_TOO_LARGE', message: 'Request body is too large' } },
    });
  });
});
