// What a meaning looks like: the one place that names colours. A theme without colours is complete, because
// nothing is said by colour alone. The sixteen colours of the terminal are the person's own choice, so we
// use those; only the ground of a bar, which must be faint, is taken from the 256.

import type { Meaning, Style } from '../rows/row.ts';

export type Theme = {
  readonly name: string;
  /** Null: the terminal's own colour. */
  readonly colors: Readonly<Record<Meaning, string | null>>;
  /** The ground of a bar that is not yet full. */
  readonly track: string | null;
  /** Only printable ASCII may be drawn. */
  readonly ascii: boolean;
};

/** The part of Ink's Text properties that a style can set. */
export type InkStyle = {
  color?: string;
  backgroundColor?: string;
  bold?: boolean;
  dimColor?: boolean;
  italic?: boolean;
  inverse?: boolean;
};

export const darkTheme: Theme = {
  name: 'dark',
  colors: {
    accent: 'cyan',
    running: 'cyan',
    done: 'green',
    waiting: 'yellow',
    failed: 'red',
    alarm: 'red',
  },
  track: 'ansi256(237)',
  ascii: false,
};

export const lightTheme: Theme = { ...darkTheme, name: 'light', track: 'ansi256(253)' };

/**
 * Told apart with any kind of colour blindness: no red beside a green, but blue, yellow and magenta, which differ in
 * brightness, too.
 */
export const colourBlindTheme: Theme = {
  ...darkTheme,
  name: 'colour-blind',
  colors: {
    accent: 'cyan',
    running: 'cyan',
    done: 'blueBright',
    waiting: 'yellow',
    failed: 'magentaBright',
    alarm: 'magentaBright',
  },
};

export const plainTheme: Theme = {
  name: 'plain',
  colors: { accent: null, running: null, done: null, waiting: null, failed: null, alarm: null },
  track: null,
  ascii: false,
};

type Environment = Readonly<Record<string, string | undefined>>;

export type ThemeName = 'dark' | 'light' | 'colour-blind';

/**
 * The theme for a terminal: no colour under NO_COLOR (https://no-color.org: any value but the empty one) or on
 * a dumb terminal; the one that was asked for, else one for a light ground where the terminal says that it has
 * one; ASCII where the locale is not UTF-8 or `ascii` asks for it.
 */
export function themeFor(
  environment: Environment,
  options: { ascii?: boolean; name?: ThemeName | null } = {},
): Theme {
  const isColourless = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const theme = isColourless ? plainTheme : themeCalled(options.name ?? null, environment);
  // The faint ground of a bar is of the 256: where there are sixteen it would come out as any of those.
  const track = hasSixteenColours(environment) ? null : theme.track;
  return { ...theme, track, ascii: options.ascii ?? !isUtf8(environment) };
}

function themeCalled(name: ThemeName | null, environment: Environment): Theme {
  const isLight = name === 'light' || (name !== 'dark' && hasLightGround(environment));
  if (name !== 'colour-blind') return isLight ? lightTheme : darkTheme;
  return isLight ? { ...colourBlindTheme, track: lightTheme.track } : colourBlindTheme;
}

/** Terminals that are known to have no more, and say nothing else. */
function hasSixteenColours({ TERM = '', COLORTERM = '' }: Environment): boolean {
  return COLORTERM === '' && /^(linux|ansi|vt\d+|xterm|xterm-color|screen|rxvt|cygwin)$/.test(TERM);
}

/** What Ink's Text has to be told for `style`. */
export function inkStyle(style: Style, theme: Theme): InkStyle {
  const props: InkStyle = {};
  const color = style.color === undefined ? null : theme.colors[style.color];
  if (color !== null) props.color = color;
  if (style.on === 'track' && theme.track !== null) props.backgroundColor = theme.track;
  if (style.bold) props.bold = true;
  if (style.dim) props.dimColor = true;
  if (style.italic) props.italic = true;
  if (style.inverse) props.inverse = true;
  return props;
}

/** As the C library decides it: the first of these that is set to something. All unset is the C locale. */
function isUtf8(environment: Environment): boolean {
  const locale =
    [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(
      (value) => value !== undefined && value !== '',
    ) ?? '';
  return /utf-?8/i.test(locale);
}

/** Konsole, iTerm2 and rxvt set COLORFGBG, `0;15`: the last number is the ground, 7 and 15 are its light ones. */
function hasLightGround(environment: Environment): boolean {
  return /;(7|15)$/.test(environment['COLORFGBG'] ?? '');
}
