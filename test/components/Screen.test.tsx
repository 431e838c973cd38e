import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import { Screen } from '../../source/components/Screen.tsx';
import { screenParts, screenRows } from '../../source/ui/screen.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { board, drawn, screen, state, tasks, view } from '../ui/sample.ts';

const shown = (...of: Parameters<typeof screen>) => {
  const picture = screen(...of);
  const { columns } = picture.size;
  const text = stripVTControlCharacters(renderToString(<Screen state={picture} />, { columns }));
  return text.replaceAll(/ +$/gmu, '');
};

const resting = board({
  tasks: tasks.map((one) => ({ ...one, state: state('idle') })),
});

describe('Ink shows exactly the rows', () => {
  test.each(['300×100', '120×30', '80×24', '60×14', '40×10', '20×4', '1×1'] as const)(
    'at %s',
    (size) => {
      // The spinner of the header starts with its first frame, whatever the animation frame is.
      const picture = screen(size, { animationFrame: 0 });
      expect(shown(size, { animationFrame: 0 })).toBe(drawn(screenRows(picture)));
    },
  );

  test('behind a dialog', () => {
    const changes = { view: view({ dialog: { kind: 'help', top: 0 } }) } as const;
    expect(shown('80×24', changes)).toBe(drawn(screenRows(screen('80×24', changes))));
  });

  test('in ASCII', () => {
    const changes = { animationFrame: 0, theme: { ...darkTheme, ascii: true } };
    expect(shown('80×24', changes)).toBe(drawn(screenRows(screen('80×24', changes))));
  });
});

describe('the spinner of the header', () => {
  test('is there while a task runs', () => {
    expect(screenParts(screen('80×24')).header?.spinner).not.toBeNull();
  });

  test('is not there, and so has no timer, when no task runs', () => {
    const quiet = screen('80×24', { board: resting });
    expect(screenParts(quiet).header?.spinner).toBeNull();
    expect(shown('80×24', { board: resting })).toBe(drawn(screenRows(quiet)));
  });

  test('is not there behind a dialog', () => {
    const covered = screen('80×24', { view: view({ dialog: { kind: 'leaving' } }) });
    expect(screenParts(covered).header).toBeNull();
  });
});
