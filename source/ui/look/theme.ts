// The colours of each meaning; no other file names colours. A theme without colours is complete, because nothing is
// said by colour alone. We use the sixteen colours of the terminal, because the user has chosen those; only the
// background of a bar, which must be faint, is one of the 256.

import type { FileLinks } from '../terminal/file-links.ts';
import type { Meaning, Style } from '../rows/row.ts';

export type Theme = {
  readonly name: string;
  /** Null: the terminal's own colour. */
  readonly colors: Readonly<Record<Meaning, string | null>>;
  /** The background of the empty part of a bar. */
  readonly track: string | null;
  /** The backgrounds of the selected row, to be seen from afar, and of the empty part of a bar in it. */
  readonly selected: { readonly row: string; readonly track: string } | null;
  /** The colours of the current match of a search. Null: it is inverse like the others, and bold. */
  readonly match: { readonly color: string; readonly ground: string } | null;
  /** Only printable ASCII may be drawn. */
  readonly ascii: boolean;
  /** Default: the terminal is not known to have links. */
  readonly links?: FileLinks | null;
};

/** The part of Ink's Text properties that a style can set. */
type InkStyle = {
  color?: string;
  backgroundColor?: string;
  bold?: boolean;
  dimColor?: boolean;
  italic?: boolean;
  underline?: boolean;
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
  selected: { row: 'ansi256(237)', track: 'ansi256(241)' },
  // Black on yellow is readable on every background and for every kind of colour blindness.
  match: { color: 'black', ground: 'yellow' },
  ascii: false,
};

export const lightTheme: Theme = {
  ...darkTheme,
  name: 'light',
  track: 'ansi256(253)',
  selected: { row: 'ansi256(253)', track: 'ansi256(249)' },
};

/**
 * For any kind of colour blindness: no red or green, but blue, yellow and magenta, which also differ in brightness.
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
  selected: null,
  match: null,
  ascii: false,
};

type Environment = Readonly<Record<string, string | undefined>>;

type ThemeName = 'dark' | 'light' | 'colour-blind';

/**
 * The theme for a terminal: no colour under NO_COLOR (https://no-color.org: any value but the empty one) or on a dumb
 * terminal; otherwise the requested theme, or a light one if the terminal says that its background is light. ASCII if
 * the locale is not UTF-8 or `ascii` is set.
 */
export function themeFor(
  environment: Environment,
  options: { ascii?: boolean; name?: ThemeName | null } = {},
): Theme {
  const isColourless = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const theme = isColourless ? plainTheme : themeCalled(options.name ?? null, environment);
  // The faint background of a bar is one of 256 colours; with only sixteen, it would become any of those.
  const faint = hasSixteenColours(environment) ? { track: null, selected: null } : {};
  return { ...theme, ...faint, ascii: options.ascii ?? !isUtf8(environment) };
}

function themeCalled(name: ThemeName | null, environment: Environment): Theme {
  const isLight = name === 'light' || (name !== 'dark' && hasLightGround(environment));
  if (name !== 'colour-blind') return isLight ? lightTheme : darkTheme;
  return isLight
    ? { ...colourBlindTheme, track: lightTheme.track, selected: lightTheme.selected }
    : colourBlindTheme;
}

/** True for terminals that are known to have sixteen colours and do not claim more. */
function hasSixteenColours({ TERM = '', COLORTERM = '' }: Environment): boolean {
  return COLORTERM === '' && /^(linux|ansi|vt\d+|xterm|xterm-color|screen|rxvt|cygwin)$/.test(TERM);
}

/** The properties of Ink's Text for `style`. */
export function inkStyle(style: Style, theme: Theme): InkStyle {
  if (style.on === 'match') return { inverse: true };
  if (style.on === 'current match') return currentMatch(theme);
  const props: InkStyle = {};
  const color = style.color === undefined ? null : theme.colors[style.color];
  if (color !== null) props.color = color;
  const ground = groundOf(style, theme);
  if (ground !== null) props.backgroundColor = ground;
  if (style.bold) props.bold = true;
  if (style.dim) props.dimColor = true;
  if (style.italic) props.italic = true;
  if (style.inverse) props.inverse = true;
  if (style.on === 'selected name' && theme.selected === null) props.inverse = true;
  return props;
}

function groundOf({ on }: Style, { track, selected }: Theme): string | null {
  if (on === 'track') return track;
  if (on === 'selected track') return selected?.track ?? track;
  return on === 'selected' || on === 'selected name' ? (selected?.row ?? null) : null;
}

/** Underlined, so that it differs from the other matches without colours, too. */
function currentMatch({ match }: Theme): InkStyle {
  return match === null
    ? { inverse: true, bold: true, underline: true }
    : { color: match.color, backgroundColor: match.ground, underline: true };
}

/** As the C library decides: the first of these that is set and not empty. All unset means the C locale. */
function isUtf8(environment: Environment): boolean {
  const locale =
    [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(
      (value) => value !== undefined && value !== '',
    ) ?? '';
  return /utf-?8/i.test(locale);
}

/** Konsole, iTerm2 and rxvt set COLORFGBG, as `0;15`: the last number is the background; 7 and 15 are light. */
function hasLightGround(environment: Environment): boolean {
  return /;(7|15)$/.test(environment['COLORFGBG'] ?? '');
}
