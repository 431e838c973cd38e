import spinners from 'cli-spinners';
import { describe, expect, test } from 'vitest';
import { asciiRow, glyphs, spinnerFrame, spinnerFrames } from '../../../source/ui/look/glyphs.ts';
import { run } from '../../../source/ui/rows/row.ts';
import { isOneCellEach, textWidth } from '../../../source/ui/look/text-width.ts';
import {
  colourBlindTheme,
  darkTheme,
  inkStyle,
  lightTheme,
  plainTheme,
  themeFor,
} from '../../../source/ui/look/theme.ts';
import { lookOf } from '../../../source/ui/terminal/sgr.ts';

const utf8 = { LANG: 'en_US.UTF-8' };

describe('the theme of a terminal', () => {
  test.each([
    ['has colours and all glyphs by default', utf8, { name: 'dark', ascii: false }],
    ['has no colours under NO_COLOR', { ...utf8, NO_COLOR: '1' }, { name: 'plain' }],
    ['has colours if NO_COLOR is empty', { ...utf8, NO_COLOR: '' }, { name: 'dark' }],
    ['has no colours on a dumb terminal', { ...utf8, TERM: 'dumb' }, { name: 'plain' }],
    ['is light if the terminal says so', { ...utf8, COLORFGBG: '0;15' }, { name: 'light' }],
    ['is dark if the terminal says so', { ...utf8, COLORFGBG: '15;0' }, { name: 'dark' }],
    ['has no faint background with sixteen colours', { ...utf8, TERM: 'linux' }, { track: null }],
    ['is ASCII in the C locale', { LANG: 'C' }, { ascii: true }],
    ['is ASCII if no locale is set', {}, { ascii: true }],
    ['depends on LC_ALL first', { ...utf8, LC_ALL: 'POSIX' }, { ascii: true }],
    ['depends on LC_CTYPE before LANG', { LANG: 'C', LC_CTYPE: 'C.utf8' }, { ascii: false }],
    ['treats an empty variable as not set', { ...utf8, LC_ALL: '' }, { ascii: false }],
  ])('%s', (_law, environment, theme) => {
    expect(themeFor(environment)).toMatchObject(theme);
  });

  test('is the one that the user chose, but has no colours where there are none', () => {
    expect(themeFor(utf8, { name: 'light' }).name).toBe('light');
    expect(themeFor({ ...utf8, COLORFGBG: '0;15' }, { name: 'dark' }).name).toBe('dark');
    expect(themeFor(utf8, { name: 'colour-blind' }).name).toBe('colour-blind');
    expect(themeFor({ ...utf8, NO_COLOR: '1' }, { name: 'light' }).name).toBe('plain');
  });

  test('for the colour-blind has neither red nor green', () => {
    const colours = Object.values(colourBlindTheme.colors).join(' ');
    expect(colours).not.toMatch(/red|green/);
    const { done, waiting, failed, running } = colourBlindTheme.colors;
    expect(new Set([done, waiting, failed, running]).size).toBe(4);
  });

  test('is ASCII or not as the user set it', () => {
    expect(themeFor(utf8, { ascii: true }).ascii).toBe(true);
    expect(themeFor({}, { ascii: false }).ascii).toBe(false);
  });
});

describe('a style', () => {
  test('becomes properties of Ink’s Text', () => {
    expect(inkStyle({ color: 'waiting', bold: true, on: 'track' }, darkTheme)).toEqual({
      color: 'yellow',
      backgroundColor: darkTheme.track,
      bold: true,
    });
    expect(inkStyle({ dim: true, italic: true, inverse: true }, darkTheme)).toEqual({
      dimColor: true,
      italic: true,
      inverse: true,
    });
  });

  test('has no colour in a theme without colours', () => {
    expect(inkStyle({ color: 'failed', on: 'track' }, plainTheme)).toEqual({});
  });
});

describe('a match of a search', () => {
  const themes = [darkTheme, lightTheme, colourBlindTheme, plainTheme];

  test('is readable in every theme, whatever the style of its text', () => {
    for (const theme of themes) {
      // Inverse text has the two colours that the user reads all other text in.
      expect(inkStyle({ dim: true, color: 'waiting', on: 'match' }, theme)).toEqual({
        inverse: true,
      });
    }
  });

  test('differs from the current one in every theme, and not by colour alone', () => {
    for (const theme of themes) {
      expect(inkStyle({ dim: true, on: 'current match' }, theme)).toMatchObject({
        underline: true,
      });
      expect(inkStyle({ on: 'current match' }, theme)).not.toHaveProperty('dimColor');
      expect(lookOf({ on: 'current match' }, theme)).not.toBe(lookOf({ on: 'match' }, theme));
    }
  });
});

describe('every glyph', () => {
  const all = [...Object.values(glyphs), ...spinnerFrames];

  test('is one cell wide, and so is its ASCII stand-in', () => {
    for (const glyph of all) {
      const [plain] = asciiRow([run(glyph)]);
      expect([glyph, textWidth(glyph)]).toEqual([glyph, 1]);
      expect(plain?.text).toMatch(/^[!-~]$/);
    }
  });

  test('of a state differs from all others in ASCII, too', () => {
    const states = [
      glyphs.waiting,
      glyphs.paused,
      glyphs.needsYou,
      glyphs.interrupted,
      glyphs.failed,
      glyphs.done,
      glyphs.idle,
      glyphs.noList,
      glyphs.queued,
    ];
    const plain = states.map((glyph) => asciiRow([run(glyph)])[0]?.text);
    expect(new Set(plain).size).toBe(states.length);
  });

  test('without a stand-in, as in foreign text, keeps its width', () => {
    expect(asciiRow([run('日a😀é')])[0]?.text).toBe('??a???');
  });
});

test('the spinner has the frames of cli-spinners’ dots, and repeats them', () => {
  const { frames } = spinners.dots;
  expect(frames.map((_, animationFrame) => spinnerFrame(animationFrame))).toEqual(frames);
  expect(spinnerFrame(frames.length)).toBe(frames[0]);
  expect(frames.every(isOneCellEach)).toBe(true);
});
