// Matches found block by block must be the same as if everything had been searched at once.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matcherFor } from '../../../source/core/search/query.ts';
import { createMatchIndex, type MatchIndex } from '../../../source/engine/search/match-index.ts';
import { createLineJudge } from '../../../source/engine/search/verify-matches.ts';
import { commandCompleted, commandStarted, error, turnFailed } from '../../helpers/log-lines.ts';

const matcher = matcherFor({ text: 'make', form: 'plain' });
if ('problem' in matcher) throw new Error(matcher.problem);
const judge = createLineJudge(matcher);

type Line = { offset: number; text: string };

const linesOf = (objects: readonly object[]): Line[] =>
  objects.map((one, at) => ({ offset: at * 100, text: JSON.stringify(one) }));

function add(places: MatchIndex, lines: readonly Line[]): void {
  judge.begin();
  for (const { text, offset } of lines) judge.line(text, offset);
  places.add({ position: lines[0]?.offset ?? 0, ...judge.end() });
}

function foundIn(blocks: readonly (readonly Line[])[]): number[] {
  const places = createMatchIndex();
  for (const block of blocks) add(places, block);
  const { after, count } = places.snapshot();
  const found: number[] = [];
  for (let at = after(-1); at !== null; at = after(at)) found.push(at);
  expect(count).toBe(found.length);
  return found;
}

const one = (object: object, offset: number): Line => ({ offset, text: JSON.stringify(object) });

test('a command that begins in one block and ends in another is one match, at its end', () => {
  const [begins, ends] = [commandStarted('item_1', 'make'), commandCompleted('item_1')];
  const completed = { ...ends, item: { ...ends.item, command: 'make' } };
  expect(foundIn([[one(begins, 0)]])).toEqual([0]);
  expect(foundIn([[one(begins, 0)], [one(completed, 100)]])).toEqual([100]);
  expect(foundIn([[one(completed, 100)], [one(begins, 0)]])).toEqual([100]);
});

test('an interrupted command is not joined with the same one in a later session', () => {
  const again = commandCompleted('item_1', { command: 'make' });
  const lines = linesOf([
    commandStarted('item_1', 'make'),
    commandStarted('item_1', 'make'),
    again,
    commandStarted('item_1', 'make other'),
  ]);
  expect(foundIn([lines])).toEqual([0, 200, 300]);
});

test('an error and the failed turn that repeats it are one match', () => {
  expect(foundIn([linesOf([error('make failed'), turnFailed('make failed')])])).toEqual([100]);
});

test('an error that ended in a block between is not continued by a later one', () => {
  const [first, again] = [one(error('make'), 0), one(error('make'), 100)];
  const [failed, later] = [one(turnFailed('make'), 200), one(turnFailed('make'), 300)];
  expect(foundIn([[first], [again, failed], [later]])).toEqual([0, 200, 300]);
});

const event = fc
  .record({
    id: fc.constantFrom('item_1', 'item_2'),
    command: fc.constantFrom('make', 'make all'),
    is: fc.constantFrom('started', 'completed', 'error', 'failed'),
  })
  .map(({ id, command, is }) => {
    switch (is) {
      case 'started':
        return commandStarted(id, command);
      case 'completed':
        return commandCompleted(id, { command });
      case 'error':
        return error(command);
      default:
        return turnFailed(command);
    }
  });

test('blocks and their order do not change the matches', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 20, maxLength: 20 });
  const order = fc.infiniteStream(fc.nat());
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), cuts, order, (events, sizes, ranks) => {
      const lines = linesOf(events);
      const blocks: Line[][] = [];
      for (let at = 0; at < lines.length;) {
        const size = sizes[blocks.length] ?? 1;
        blocks.push(lines.slice(at, at + size));
        at += size;
      }
      const shuffled = blocks
        .map((block) => ({ block, rank: Number(ranks.next().value) }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ block }) => block);
      expect(foundIn(shuffled)).toEqual(foundIn([lines]));
    }),
  );
});
