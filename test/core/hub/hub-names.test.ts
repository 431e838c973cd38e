import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hubAccountKey,
  hubMachineKey,
  hubTaskKey,
  isMachineName,
  machineNameFrom,
  taskOfHubKey,
} from '../../../source/core/hub/hub-names.ts';
import { keyOf } from '../../../source/core/task/task-key.ts';

const host = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('/', ''));
const part = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom('.', '*', '>', ' ', '=', '\r\n', '\ud800'),
    ),
  )
  .map((pieces) => pieces.join('').replaceAll('/', ''));
const places = fc
  .tuple(host, fc.array(part, { minLength: 1, maxLength: 4 }), part)
  .map(([machine, folders, name]) => ({ host: machine, project: `/${folders.join('/')}`, name }));

describe('the key of a task in the hub', () => {
  test('looks as the comment says', () => {
    expect(hubTaskKey('machine-b:/home/ann/shop/docs')).toBe('task.machine-b./home/ann/shop.docs');
  });

  test('is a subject of four parts that are plain, whatever the names are', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(hubTaskKey(keyOf(place)) ?? 'task.a.b.c').toMatch(
          /^task\.[\w=/-]+\.[\w=/-]+\.[\w=/-]+$/,
        );
      }),
    );
  });

  test('names one task only, and that one', () => {
    fc.assert(
      fc.property(places, (place) => {
        const key = hubTaskKey(keyOf(place));
        expect(key === null ? null : taskOfHubKey(key)).toBe(key === null ? null : keyOf(place));
      }),
    );
  });

  test('cannot be had for a name without a machine, or that is too long', () => {
    expect(hubTaskKey('docs')).toBeNull();
    expect(hubTaskKey('/home/ann/shop/docs')).toBeNull();
    expect(hubTaskKey(`machine-b:/${'.'.repeat(400)}/docs`)).toBeNull();
  });

  test.each([
    'task.machine-b./home/ann/shop',
    'task.machine-b./home/ann/shop.docs.more',
    'other.machine-b./home/ann/shop.docs',
    // The letter a, written as if it were not plain: a second spelling of one task.
    'task.m=0061chine-b./home/ann/shop.docs',
    'task.machine-b./home.a/b',
    'task.=002f.x.docs',
    `task.machine-b./${'a'.repeat(2000)}.docs`,
  ])('%s is no key of ours, so it is no task', (key) => {
    expect(taskOfHubKey(key)).toBeNull();
  });
});

test('accounts and machines stay in their place, too', () => {
  expect(hubAccountKey('ann@example.org')).toBe('account.ann=0040example=002eorg');
  expect(hubMachineKey('machine-b')).toBe('machine.machine-b');
  expect(hubAccountKey('>'.repeat(400))).toBeNull();
});

test('a machine’s name is plain, whatever the system calls it', () => {
  expect(machineNameFrom('Ann’s MacBook.local', 'a1b2')).toBe('Ann-s-MacBook-a1b2');
  expect(machineNameFrom('…', 'a1b2')).toBe('machine-a1b2');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(isMachineName(machineNameFrom(name, 'a1b2'))).toBe(true);
    }),
  );
});
