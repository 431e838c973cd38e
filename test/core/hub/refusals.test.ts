import { expect, test } from 'vitest';
import { reachInPlace, refusedOverHub } from '../../../source/core/hub/refusals.ts';
import type { TaskOffer } from '../../../source/core/hub/task-offer.ts';
import { commands } from '../../../source/screen/commands/command-table.ts';

const asked = { description: 'Write the docs', model: null, review: null, checks: null };
const inPlace: TaskOffer = { ...asked, remote: null, id: 'id', pinned: 'laptop' };
const shared: TaskOffer = {
  ...{ ...asked, remote: '/srv/shop.git', base: 'a'.repeat(40), directory: '', pinned: null },
};
const fetching = { fetch: 'git fetch origin refs/autonomous/x/work' };

test('what is refused of a task in its project names that project, and nothing that could be fetched', () => {
  const reach = reachInPlace("laptop:/home/ann/it's/docs", inPlace)!;
  expect(refusedOverHub('show-changes', reach)).toBe(
    String.raw`It is in /home/ann/it's on laptop: autonomous-tui -C '/home/ann/it'\''s' --task-name docs --diff`,
  );
  for (const { id: name } of commands) {
    const there = refusedOverHub(name, reach);
    expect(there ?? '').not.toContain('fetch');
    // The same commands are refused.
    expect(there === null, name).toBe(refusedOverHub(name, fetching) === null);
  }
});

test('the work of any other task is fetched', () => {
  for (const offer of [shared, null]) expect(reachInPlace('laptop:/shop/docs', offer)).toBe(null);
});

test('a path is foreign text', () => {
  const reach = reachInPlace('laptop:/shop\u001b[31m\n/docs', inPlace)!;
  expect(refusedOverHub('merge', reach)).not.toMatch(/\p{Cc}/u);
});
