import { expect, test } from 'vitest';
import { withoutKeys } from '../../../source/cli/print/without-keys.ts';
import { refusedOverHub } from '../../../source/core/hub/refusals.ts';
import type { StateWord } from '../../../source/core/task/state.ts';
import { whyNots } from '../../../source/ui/keys/why-not.ts';
import { state, task } from '../../ui/sample.ts';

const words: readonly StateWord[] = [
  ...(['idle', 'starting', 'queued', 'running', 'checking', 'reviewing', 'pausing'] as const),
  ...(['paused', 'waiting', 'needs you', 'interrupted', 'stopped', 'failed'] as const),
  ...(['done', 'no list'] as const),
];
const refused = [
  ...['merge', 'show-changes', 'undo', 'take-over', 'resume-last', 'archive', 'unarchive'],
  ...['delete', 'report', 'export'],
];

/** `; c continues it`, but not `; a task waits`. */
const namesKey = /(?:^|[\s(])(?![aAI] )\p{L} \p{L}+s\b/u;

test('no sentence that the command line takes from the dashboard over a hub names a key', () => {
  const sentences = [
    ...refused.map((command) => refusedOverHub(command, { fetch: 'git fetch origin' })),
    ...words.flatMap((word) =>
      ([{}, { hasNoRunner: true }] as const).flatMap((runner) => {
        const shop = task('shop', { state: state(word, runner) });
        return [whyNots.pause, whyNots['pause-after-session'], whyNots.continue].map((whyNot) =>
          whyNot(shop),
        );
      }),
    ),
  ].filter((sentence) => sentence !== null);
  expect(sentences.filter((sentence) => namesKey.test(sentence))).not.toEqual([]);
  expect(sentences.map(withoutKeys).filter((sentence) => namesKey.test(sentence))).toEqual([]);
});
