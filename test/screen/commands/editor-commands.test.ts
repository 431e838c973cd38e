// What comes back from the editor, on a screen without React.

import { beforeEach, expect, test, vi } from 'vitest';
import { linearLines } from '../../../source/ui/linear-lines.ts';
import { keysWorld } from '../../helpers/pressed-keys.ts';
import { now, screen, task } from '../../ui/sample.ts';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return () => void vi.useRealTimers();
});

function world() {
  const keep = vi.fn(() =>
    Promise.resolve({ ok: true, sentence: 'Changed the list: 3 steps removed' }),
  );
  const asks = {
    question: 'All 3 steps would go. Keep it anyway?',
    detail: ['Step 1 goes: a'],
    keep,
  };
  const sentence = 'Nothing was changed; what you wrote is in /state/edited';
  const keys = keysWorld([task('shop')], {
    openEditor: () => Promise.resolve({ ok: false, sentence, asks }),
  });
  const shown = (): string =>
    linearLines({ ...screen('80×24'), ...keys.store.scene(), view: keys.store.view() }).join('\n');
  return { ...keys, keep, shown };
}

test('a list that leaves nothing is asked about, with what would go', async () => {
  const { press, settled, shown } = world();
  press('e');
  await settled();
  expect(shown()).toContain('All 3 steps would go. Keep it anyway?');
  expect(shown()).toContain('Step 1 goes: a');
  expect(shown()).toMatch(/keep it[^]*no/u);
});

test('Yes keeps it', async () => {
  const { press, settled, keep, notice, dialog } = world();
  press('e');
  await settled();
  press('y');
  await settled();
  expect(keep).toHaveBeenCalledOnce();
  expect(dialog()).toBeNull();
  expect(notice()).toBe('Changed the list: 3 steps removed');
});

test.each(['n', 'escape'])('%s does not, and says where the text is', async (key) => {
  const { press, settled, keep, notice, dialog } = world();
  press('e');
  await settled();
  press(key);
  expect(keep).not.toHaveBeenCalled();
  expect(dialog()).toBeNull();
  expect(notice()).toBe('Nothing was changed; what you wrote is in /state/edited');
});

test('where another dialog is open by then, nothing is asked, and the sentence says so', async () => {
  const { press, settled, keep, notice, dialog } = world();
  press('e', '?');
  await settled();
  expect(dialog()?.kind).toBe('help');
  expect(keep).not.toHaveBeenCalled();
  expect(notice()).toContain('what you wrote is in /state/edited');
});
