import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isFor,
  isRemoteAddress,
  readTaskOffer,
  type OfferInPlace,
  type SharedOffer,
} from '../../../source/core/hub/task-offer.ts';

const offer: SharedOffer = {
  description: 'Write the docs',
  remote: 'git@example.org:ann/shop.git',
  base: 'a'.repeat(40),
  directory: 'packages/docs',
  model: 'gpt-5.5',
  review: true,
  checks: ['npm test'],
  pinned: 'laptop',
};

test('an offer comes back as it was given', () => {
  const given = JSON.parse(JSON.stringify(offer)) as Record<string, unknown>;
  expect(readTaskOffer(given)).toEqual(offer);
  expect(
    readTaskOffer({ ...given, model: null, review: null, checks: null, pinned: null }),
  ).toEqual({
    ...offer,
    model: null,
    review: null,
    checks: null,
    pinned: null,
  });
});

const inPlace: OfferInPlace = {
  ...{ description: 'Write the docs', model: null, review: null, checks: ['npm test'] },
  ...{ remote: null, id: '2f0c-1', pinned: 'laptop' },
};

test('an offer without a remote comes back as it was given, and has nothing that a program before it takes for one', () => {
  const given = JSON.parse(JSON.stringify(inPlace)) as Record<string, unknown>;
  expect(readTaskOffer(given)).toEqual(inPlace);
  // That one reads no offer without the text of a remote, and works on no task without an offer.
  expect(given).toMatchObject({ remote: null });
  expect(isFor('laptop', inPlace)).toBe(true);
  expect(isFor('server', inPlace)).toBe(false);
});

test.each([
  ['pinned', null],
  ['pinned', '../laptop'],
  ['id', null],
  ['id', 'a b'],
  ['remote', undefined],
  ['remote', ''],
])('an offer without a remote whose %s is %j is none', (name, value) => {
  expect(readTaskOffer({ ...inPlace, [name]: value })).toBe(null);
});

test('an offer of a program that knows no pinned tasks is for any machine', () => {
  const { pinned: _, ...before } = offer;
  expect(readTaskOffer(before)?.pinned).toBe(null);
});

test('a pinned task is for its machine alone', () => {
  expect(isFor('laptop', offer)).toBe(true);
  expect(isFor('server', offer)).toBe(false);
  expect(isFor('server', { ...offer, pinned: null })).toBe(true);
});

test.each([
  ['description', 'x'.repeat(70_000)],
  ['description', 7],
  ['remote', 'ext::sh -c "touch mark"'],
  ['remote', '--upload-pack=touch'],
  ['remote', 'origin'],
  ['base', 'HEAD'],
  ['base', '--output=mark'],
  ['directory', '../elsewhere'],
  ['directory', '/etc'],
  ['directory', 'docs/'],
  ['pinned', true],
  ['pinned', ''],
  ['pinned', '../laptop'],
])('an offer whose %s is %j is none', (name, value) => {
  expect(readTaskOffer({ ...offer, [name]: value })).toBe(null);
});

test.each([
  ['https://example.org/ann/shop.git', true],
  ['ssh://git@example.org:2222/ann/shop.git', true],
  ['git@example.org:ann/shop.git', true],
  ['example.org:shop', true],
  ['file:///srv/git/shop.git', true],
  ['/srv/git/shop.git', true],
  ['ssh://-oProxyCommand=touch/shop', false],
  ['-oProxyCommand=touch:shop', false],
  ['host:-oProxyCommand', false],
  ['ext::sh', false],
  ['../shop', false],
  ['https://example.org/a b', false],
])('%s as an address of a remote: %s', (text, is) => {
  expect(isRemoteAddress(text)).toBe(is);
});

test('no address begins with what git or ssh takes for an option, and none names a program', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (!isRemoteAddress(text)) return;
      expect(text).not.toMatch(/^-|::|[:/]-o|\s/);
    }),
  );
});
