import { z } from 'zod';
import { badRequest } from '../refusal.ts';
import type { Base } from '../world.ts';
import { isoOf, roleOf } from '../world.ts';
import { expectNoQuery, parsed } from './parsed.ts';
import type { AccountRoute, Answer, BaseRoute, BaseVisit, Visit } from './route.ts';

const BasesQuery = z.strictObject({ offset: z.string().optional() });
const BaseQuery = z.strictObject({
  include: z.array(z.enum(['collaborators', 'inviteLinks', 'interfaces'])).optional(),
});

/** Who one is and which bases there are (section 1). */
export const ACCOUNT: readonly (AccountRoute | BaseRoute)[] = [
  { about: 'account', method: 'GET', path: '/meta/whoami', kind: 'account', scopes: [], answer: whoAmI },
  {
    about: 'account',
    method: 'GET',
    path: '/meta/bases',
    kind: 'account',
    scopes: ['schema.bases:read'],
    answer: listBases,
  },
  {
    about: 'base',
    method: 'GET',
    path: '/meta/bases/:base',
    kind: 'account',
    scopes: ['schema.bases:read'],
    role: 'read',
    isData: false,
    answer: showBase,
  },
];

/** The scopes of a personal access token are not told: they have to be tried out. */
function whoAmI({ call, token, user }: Visit): Answer {
  expectNoQuery(call.query);
  return {
    body: {
      id: user.id,
      ...(token.scopes.includes('user.email:read') && { email: user.email }),
      ...(token.kind === 'oauth' && { scopes: token.scopes }),
    },
  };
}

function listBases({ world, call, token, user }: Visit): Answer {
  const { offset } = parsed(BasesQuery, call.query);
  const bases = [...world.bases.values()].filter((base) => isVisible(base, token, user.id));
  const start = offset === undefined ? 0 : bases.findIndex(({ id }) => `itr/${id}` === offset);
  if (start === -1) throw badRequest();
  const end = start + world.settings.basesPerPage;
  const next = bases[end];
  return {
    body: {
      bases: bases
        .slice(start, end)
        .map((base) => ({ id: base.id, name: base.name, permissionLevel: roleOf(base, user.id) })),
      ...(next !== undefined && { offset: `itr/${next.id}` }),
    },
  };
}

/** Token and owner must both have access (section 1). */
export function isVisible(base: Base, { bases }: Visit['token'], userId: string): boolean {
  return (bases === 'all' || bases.includes(base.id)) && roleOf(base, userId) !== 'none';
}

function showBase({ world, call, base, user }: BaseVisit): Answer {
  const { include = [] } = parsed(BaseQuery, call.query);
  const owner = base.members.find(({ role }) => role === 'owner')?.userId ?? null;
  const people = base.members.map(({ userId, role, since }) => ({
    userId,
    email: world.users.get(userId)?.email,
    permissionLevel: role,
    grantedByUserId: owner,
    createdTime: isoOf(since),
  }));
  return {
    body: {
      id: base.id,
      name: base.name,
      createdTime: isoOf(base.createdAt),
      permissionLevel: roleOf(base, user.id),
      workspaceId: base.workspaceId,
      ...(include.includes('collaborators') && {
        individualCollaborators: { baseCollaborators: people, workspaceCollaborators: [] },
        groupCollaborators: { baseCollaborators: [], workspaceCollaborators: [] },
      }),
      ...(include.includes('inviteLinks') && { inviteLinks: { baseInviteLinks: [], workspaceInviteLinks: [] } }),
      ...(include.includes('interfaces') && { interfaces: {} }),
    },
  };
}
