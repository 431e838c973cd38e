// Styles as SGR escape sequences. The painter takes its colours only from here, and these come only from our own
// styles, so that foreign text never reaches the terminal as an escape sequence.

import type { Style } from '../rows/row.ts';
import { fileUri, linkSequence } from './file-links.ts';
import { inkStyle, type Theme } from '../look/theme.ts';

/** How a cell looks. Interned: the same look is the same object, so looks are compared by identity. */
export type Look = {
  readonly id: number;
  /** The SGR parameters that turn the plain look into this one: `1;36`. */
  readonly codes: string;
  readonly parts: Parts;
  /** True if the look is visible on a space, too. */
  readonly hasGround: boolean;
  /** The address that its cells link to. Without it, the look is `base`. */
  readonly link: string | null;
  readonly base: Look;
};

type Parts = {
  readonly color: number | null;
  readonly ground: string | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isInverse: boolean;
};

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const looksOfThemes = new WeakMap<Theme, Map<string, Look>>();
const transitions = new Map<number, string>();
const interned = new Map<string, Look>();

export const plainLook = internedLook({
  color: null,
  ground: null,
  isBold: false,
  isDim: false,
  isItalic: false,
  isUnderlined: false,
  isInverse: false,
});

export function lookOf(style: Style, theme: Theme): Look {
  let looks = looksOfThemes.get(theme);
  if (looks === undefined) looksOfThemes.set(theme, (looks = new Map<string, Look>()));
  const key = styleKey(style);
  let look = looks.get(key);
  if (look === undefined) looks.set(key, (look = internedLook(partsOf(style, theme))));
  const { links = null } = theme;
  const uri = style.link === undefined || links === null ? null : fileUri(style.link, links);
  return uri === null ? look : linkedLook(look, uri);
}

const linkedLooks = new Map<string, Look>();
/** So that a year of file names does not stay in memory. A look that is made again is painted again. */
const mostLinkedLooks = 4096;
/** Above all ids of looks without links. */
let lastLinkedId = 4096;

function linkedLook(base: Look, link: string): Look {
  const key = `${base.id} ${link}`;
  let look = linkedLooks.get(key);
  if (look === undefined) {
    if (linkedLooks.size >= mostLinkedLooks) linkedLooks.clear();
    look = { ...base, id: ++lastLinkedId, link, base };
    linkedLooks.set(key, look);
  }
  return look;
}

/** The shortest sequence from one look to another. */
export function sequenceBetween(from: Look, to: Look): string {
  const link = from.link === to.link ? '' : linkSequence(to.link);
  return link + sgrBetween(from.base, to.base);
}

function sgrBetween(from: Look, to: Look): string {
  if (from === to) return '';
  const key = from.id * 4096 + to.id;
  let sequence = transitions.get(key);
  if (sequence === undefined) {
    const anew = to === plainLook ? '' : from === plainLook ? to.codes : `0;${to.codes}`;
    const step = stepBetween(from.parts, to.parts);
    sequence = `\u001B[${step.length < anew.length ? step : anew}m`;
    transitions.set(key, sequence);
  }
  return sequence;
}

function styleKey({ color, on, bold, dim, italic, inverse }: Style): string {
  if (on === undefined && italic === undefined && inverse === undefined) {
    if (bold === undefined && dim === undefined) return color ?? '';
    if (color === undefined) return bold === undefined ? 'd' : dim === undefined ? 'b' : 'bd';
  }
  return `${color ?? ''}/${on ?? ''}${bold ? 'b' : ''}${dim ? 'd' : ''}${italic ? 'i' : ''}${inverse ? 'v' : ''}`;
}

function partsOf(style: Style, theme: Theme): Parts {
  const ink = inkStyle(style, theme);
  return {
    color: ink.color === undefined ? null : colorNumber(ink.color),
    ground: ink.backgroundColor === undefined ? null : groundCodes(ink.backgroundColor),
    isBold: ink.bold === true,
    isDim: ink.dimColor === true,
    isItalic: ink.italic === true,
    isUnderlined: ink.underline === true,
    isInverse: ink.inverse === true,
  };
}

/** SGR 30 to 37 and 90 to 97, by Ink's colour names. */
function colorNumber(name: string): number {
  const plainName = name.replace(/Bright$/u, '');
  const at = name === 'gray' || name === 'grey' ? 8 : names.indexOf(plainName);
  if (at === -1) throw new Error(`The painter knows no colour ${name}`);
  return name === 'gray' || name === 'grey' ? 90 : (plainName === name ? 30 : 90) + at;
}

/** `ansi256(237)`, or a name. */
function groundCodes(color: string): string {
  const number = /^ansi256\((\d+)\)$/u.exec(color)?.[1];
  return number === undefined ? String(colorNumber(color) + 10) : `48;5;${number}`;
}

function internedLook(parts: Parts): Look {
  const codes = codesOf(parts).join(';');
  let look = interned.get(codes);
  if (look === undefined) {
    const hasGround = parts.ground !== null || parts.isInverse || parts.isUnderlined;
    const own = { id: interned.size, codes, parts, hasGround, link: null };
    look = Object.assign(own, { base: own as Look });
    interned.set(codes, look);
  }
  return look;
}

function codesOf(parts: Parts): string[] {
  const { color, ground, isBold, isDim, isItalic, isUnderlined, isInverse } = parts;
  return [
    ...(isBold ? ['1'] : []),
    ...(isDim ? ['2'] : []),
    ...(isItalic ? ['3'] : []),
    ...(isUnderlined ? ['4'] : []),
    ...(isInverse ? ['7'] : []),
    ...(color === null ? [] : [String(color)]),
    ...(ground === null ? [] : [ground]),
  ];
}

/** Only the differences. One code, 22, ends both bold and dim. */
function stepBetween(from: Parts, to: Parts): string {
  const codes: string[] = [];
  const losesWeight = (from.isBold && !to.isBold) || (from.isDim && !to.isDim);
  if (losesWeight) codes.push('22');
  if (to.isBold && (losesWeight || !from.isBold)) codes.push('1');
  if (to.isDim && (losesWeight || !from.isDim)) codes.push('2');
  if (from.isItalic !== to.isItalic) codes.push(to.isItalic ? '3' : '23');
  if (from.isUnderlined !== to.isUnderlined) codes.push(to.isUnderlined ? '4' : '24');
  if (from.isInverse !== to.isInverse) codes.push(to.isInverse ? '7' : '27');
  if (from.color !== to.color) codes.push(to.color === null ? '39' : String(to.color));
  if (from.ground !== to.ground) codes.push(to.ground ?? '49');
  return codes.join(';');
}
