import type { Router } from 'express';
import express from 'express';
import type { ChannelConfig } from '../config/live.ts';
import { ticketByKey } from '../db/ticket-queries.ts';
import { makeSecret } from '../kit/channel-set-up.ts';
import { channelMain } from './channel-page.ts';
import { latestRequests, requestById, type StoredRequest, storedRequest } from './channel-rows.ts';
import { madeMain } from './channel-secrets.ts';
import { channelsNow } from './channels-now.ts';
import { createTrials, type Trials } from './channel-trials.ts';
import type { ConsoleParts } from './parts.ts';
import { reachedAt } from './reached-at.ts';
import { NOT_FOUND } from './refusal-pages.ts';
import type { RequestsView } from './request-card.ts';
import { readAgain } from './request-reading.ts';
import type { Door, FormVisit, Visit } from './visit.ts';

/** Without a script, a page that waits for the first request asks again after so long. */
const REFRESH_SECONDS = 10;

/** A channel, for who sets it up: what to paste where, how to try it, and what comes of it. */
export function channelRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  const trials = createTrials(parts);
  const at = <Given extends Visit>(handle: (visit: Given, channel: ChannelConfig) => Promise<void>) => {
    return async (visit: Given) => {
      const channel = channelAt(visit);
      return channel === null ? visit.refuse(NOT_FOUND) : handle(visit, channel);
    };
  };
  router.get('/channels/:channel', door.page(at((visit, channel) => showChannel(visit, channel, { parts, trials }))));
  router.post(
    '/channels/:channel/secret',
    door.form(
      at((visit, channel) => setSecret(visit, channel, { parts, trials })),
      { act: 'secret_set', about: ['variable'] },
    ),
  );
  router.post(
    '/channels/:channel/test',
    door.form(
      at(async (visit, channel) => {
        await trials.send(channel, visit);
        visit.goTo(`/channels/${channel.name}#test`);
      }),
      { act: 'channel_tested' },
    ),
  );
  router.post(
    '/channels/:channel/test/close',
    door.form(
      at((visit, channel) => closeTest(visit, channel, parts)),
      { act: 'channel_test_closed' },
    ),
  );
  return router;
}

function channelAt(visit: Visit): ChannelConfig | null {
  const { channels } = visit.config;
  const name = visit.part('channel');
  return Object.hasOwn(channels, name) ? (channels[name] ?? null) : null;
}

async function showChannel(
  visit: Visit,
  channel: ChannelConfig,
  { parts, trials }: { parts: ConsoleParts; trials: Trials },
): Promise<void> {
  const { connection, doors, keeper, status } = parts;
  const { queries } = connection;
  const { name, title } = channel;
  const { desk } = visit.config.policy;
  const kind = doors.kindOf(channel.kind);
  const trial = trials.last(name);
  const [state] = await channelsNow([channel], parts);
  if (state === undefined) return visit.refuse(NOT_FOUND);
  const main = channelMain({
    ...state,
    kindTitle: kind?.title ?? channel.kind,
    setUp: kind?.setUp ?? null,
    address: reachedAt(visit.request, status.publicAddress),
    isPublic: status.publicAddress !== null,
    listens: state.listening !== null || doors.channelOf(channel)?.listen !== undefined,
    keeper,
    trial,
    arrived: await requestById(queries, name, trial?.id ?? ''),
    canSend: trials.canSend(channel),
    hasTokenInAddress: trials.hasTokenInAddress(channel),
    came: await whatCame(visit, channel, parts),
    desk,
    csrfToken: visit.session.csrfToken,
    now: visit.now,
  });
  const page = { title, place: 'health' as const, main };
  visit.show(state.heard.hasAny ? page : { ...page, refreshSeconds: REFRESH_SECONDS });
}

/** The latest requests, and the one that somebody chose, or else the very last, taken apart. */
async function whatCame(visit: Visit, channel: ChannelConfig, parts: ConsoleParts): Promise<RequestsView> {
  const { queries } = parts.connection;
  const { name } = channel;
  const requests = await latestRequests(queries, name);
  const chosen = visit.query('request');
  const request = (chosen === '' ? null : await requestById(queries, name, chosen)) ?? requests[0] ?? null;
  const stored = request === null ? null : await storedRequest(queries, name, request.id);
  const { tokens = [], signing = [] } = channel.secrets ?? {};
  const read = (of: StoredRequest) => readAgain(of, parts.doors.channelOf(channel), [...tokens, ...signing]);
  const shown =
    request === null || stored === null ? null : { request, headers: stored.headers, reading: await read(stored) };
  return { channel: name, requests, shown, desk: visit.config.policy.desk };
}

/** Makes, takes or ends a secret that the config names for the channel, and no other. */
async function setSecret(
  visit: FormVisit,
  channel: ChannelConfig,
  { parts, trials }: { parts: ConsoleParts; trials: Trials },
): Promise<void> {
  const { keeper, doors, status } = parts;
  const { form, person: by } = visit;
  const back = `/channels/${channel.name}#secrets`;
  const secret = channel.named.find(({ variable }) => variable === form.get('variable'));
  if (secret === undefined) return visit.refuse(NOT_FOUND);
  const { variable, role } = secret;
  if (form.get('was') !== String(keeper.timesSet(variable))) return visit.goTo(back, 'secret_other');
  if (form.get('act') === 'end') {
    await keeper.endBefore(variable, by);
    return visit.goTo(back, 'secret_ended');
  }
  const keepsBefore = role === 'token' || role === 'secret';
  const origin = role === 'settings' ? undefined : doors.kindOf(channel.kind)?.setUp?.[role];
  if (form.get('act') === 'make' && origin !== undefined && 'madeAs' in origin) {
    const value = makeSecret(origin.madeAs);
    await keeper.set(variable, value, { keepsBefore, by });
    const isInAddress = role === 'token' && trials.hasTokenInAddress(channel);
    const address = `${reachedAt(visit.request, status.publicAddress)}/hooks/${channel.name}/${value}`;
    const main = madeMain({ channel, secret, value, hook: isInAddress ? address : null });
    return visit.show({ title: channel.title, place: 'health', main });
  }
  const value = form.get('value').trim();
  if (value === '') return visit.goTo(back, 'unchanged');
  await keeper.set(variable, value, { keepsBefore, by });
  return visit.goTo(back, 'secret_set');
}

/** The ticket of a test, and never another. */
async function closeTest(visit: FormVisit, channel: ChannelConfig, parts: ConsoleParts): Promise<void> {
  const { connection, pipeline } = parts;
  const request = await requestById(connection.queries, channel.name, visit.form.get('request'));
  const key = request?.isTest === true ? request.ticket?.key : undefined;
  const ticket = key === undefined ? null : await ticketByKey(connection.queries, key);
  if (ticket === null) return visit.refuse(NOT_FOUND);
  const changes = [{ field: 'status' as const, from: ticket.status, to: 'closed' }];
  await pipeline.edit(ticket.key, { by: visit.person, at: visit.now, changes });
  return visit.goTo(`/channels/${channel.name}#test`, 'changed');
}
