// An open dashboard notifies the user: of what happens from now on, once, and not while the user looks.

import { beforeEach, expect, test } from 'vitest';
import { usualEvents } from '../../../source/core/notify/events.ts';
import type { BoardNews } from '../../../source/core/notify/board-news.ts';
import type { Notice } from '../../../source/core/notify/notice.ts';
import { emptyBoard, type TaskView } from '../../../source/core/task/board.ts';
import { createStore, type Store } from '../../../source/engine/tasks/store.ts';
import { tellOfNews } from '../../../source/engine/tasks/terminal-notices.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { viewOf } from '../../helpers/task-views.ts';

let clock: HandClock;
let store: Store;
let claimed: Set<string>;
beforeEach(() => {
  clock = new HandClock();
  store = createStore(emptyBoard('~/shop'), clock);
  claimed = new Set();
});

type Dashboard = { told: Notice[]; isOurs: boolean; isFocused: boolean; close: () => void };

function dashboard(on: typeof usualEvents = usualEvents): Dashboard {
  const told: Notice[] = [];
  const claim = ({ key }: BoardNews): Promise<boolean> => {
    const isFirst = !claimed.has(key);
    claimed.add(key);
    return Promise.resolve(isFirst);
  };
  const open: Dashboard = { told, isOurs: true, isFocused: false, close: () => {} };
  const terminal = {
    isOurs: () => open.isOurs,
    isFocused: () => open.isFocused,
    tell: (notice: Notice) => void told.push(notice),
  };
  open.close = tellOfNews({ clock, store, on, claim }, terminal);
  return open;
}

async function seen(...changed: readonly TaskView[]): Promise<void> {
  store.dispatch({ type: 'tasks-seen', changed, gone: [] });
  clock.turn(100);
  // The claims are answered by then.
  await new Promise(setImmediate);
}

const lastRun = { sessions: 1, ending: null };
const atWork = (name: string): TaskView =>
  viewOf(name, { state: { word: 'running', reason: null, until: null }, lastRun });
const needing = (name: string, reason = 'Codex is not logged in'): TaskView =>
  viewOf(name, { state: { word: 'needs you', reason, until: null }, lastRun });
const titles = ({ told }: Dashboard): string[] => told.map(({ title }) => title);

test('what needed the user before the dashboard was opened is not told, also when it comes again', async () => {
  const open = dashboard();
  await seen(needing('shop'));
  await seen(atWork('shop'));
  await seen(needing('shop'));
  expect(open.told).toEqual([]);
  await seen(needing('shop', 'The disk is full'));
  expect(open.told).toEqual([{ title: 'shop needs you', body: 'The disk is full - shop' }]);
});

test('of three dashboards one tells, and none if the user looks at the one that took it', async () => {
  const all = [dashboard(), dashboard(), dashboard()];
  await seen(atWork('shop'), atWork('docs'));
  await seen(needing('shop'));
  expect(all.flatMap(titles)).toEqual(['shop needs you']);
  const [first] = all;
  if (first !== undefined) first.isFocused = true;
  await seen(needing('docs'));
  expect(all.flatMap(titles)).toEqual(['shop needs you']);
});

test('while another program has the terminal, another dashboard tells it, or this one afterwards', async () => {
  const [lent, other] = [dashboard(), dashboard()];
  await seen(atWork('shop'), atWork('docs'));
  lent.isOurs = false;
  await seen(needing('shop'));
  expect([lent, other].map(titles)).toEqual([[], ['shop needs you']]);
  other.close();
  await seen(needing('docs'));
  expect(titles(lent)).toEqual([]);
  lent.isOurs = true;
  await seen(atWork('shop'));
  expect(titles(lent)).toEqual(['docs needs you']);
});

test('it is told once, also where no claim can be kept', async () => {
  const open = dashboard();
  await seen(atWork('shop'));
  for (let tries = 0; tries < 3; tries++) {
    claimed.clear();
    await seen(needing('shop'));
    await seen(atWork('shop'));
  }
  expect(titles(open)).toEqual(['shop needs you']);
});

test('only what the user wants to hear is told', async () => {
  const [quiet, loud] = [dashboard(['done']), dashboard(['needs you'])];
  await seen(atWork('shop'));
  await seen(needing('shop'));
  expect([quiet, loud].map(titles)).toEqual([[], ['shop needs you']]);
});

test('more than three in half a minute become one, which waits until there is space', async () => {
  const open = dashboard();
  const names = ['api', 'blog', 'docs', 'shop', 'site'];
  await seen(...names.map(atWork));
  for (const name of names) await seen(needing(name));
  expect(titles(open)).toEqual(['api needs you', 'blog needs you', 'docs needs you']);
  clock.turn(30_000);
  expect(open.told.at(-1)).toEqual({ title: '2 tasks need you', body: 'shop, site - shop' });
  expect(open.told).toHaveLength(4);
});

test('what waits is not told to a user who has come back, nor after the dashboard is closed', async () => {
  const names = ['api', 'blog', 'docs', 'shop'];
  const open = dashboard();
  await seen(...names.map(atWork));
  for (const name of names) await seen(needing(name));
  open.isFocused = true;
  clock.turn(30_000);
  open.isFocused = false;
  clock.turn(30_000);
  expect(open.told).toHaveLength(3);
  open.close();
  await seen(needing('api', 'The disk is full'));
  expect(open.told).toHaveLength(3);
});
