import { PagingQuery, parsed, queryOf } from '../parsed.ts';
import { userBody } from '../properties/read.ts';
import { listBody, pageOfList } from './page-body.ts';
import { idAt, missing, type Answer, type Route, type Visit } from './route.ts';

/** Who is in the workspace (section 5). Guests are not told, nor anybody without the capability. */
export const USERS: readonly Route[] = [
  { method: 'GET', path: '/users', kind: 'users', needs: ['read users'], answer: list },
  { method: 'GET', path: '/users/me', kind: 'users', needs: [], answer: me },
  { method: 'GET', path: '/users/:user', kind: 'users', needs: ['read users'], answer: retrieve },
];

function list(visit: Visit): Answer {
  const { world, connection } = visit;
  const query = parsed(PagingQuery, queryOf(visit.call.query), { part: 'query' });
  const told = [...world.users.values()].filter(({ kind }) => kind !== 'guest');
  const { items, next } = pageOfList(told, query);
  const bodies = items.map((user) => userBody(world, connection, user));
  return { body: listBody('user', bodies, next) };
}

/** The bot of the connection, whatever it may do: how one sees that a token works. */
function me(visit: Visit): Answer {
  const { world, connection } = visit;
  const user = world.users.get(connection.userId);
  if (user === undefined) throw missing(visit, 'user', connection.userId);
  return { body: userBody(world, connection, user) };
}

function retrieve(visit: Visit): Answer {
  const { world, connection } = visit;
  const id = idAt(visit, 'user');
  const user = world.users.get(id);
  if (user === undefined || user.kind === 'guest') throw missing(visit, 'user', id);
  return { body: userBody(world, connection, user) };
}
