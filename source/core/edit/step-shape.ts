// What a step is apart from its place, and the marker that its line begins with.

import type { ListText, PlacedStep } from '../checklist/list-text.ts';

export type Shape = { readonly text: string; readonly done: boolean; readonly depth: number };

export function shapeOf({ text, done, depth }: PlacedStep): Shape {
  return { text, done, depth };
}

/** Lists can be written in ways that no single line can follow. */
export const notFit = {
  refused: 'This list is written in a way that this key cannot change: edit the list with e',
};

/** `next`: what a line of the same list begins with that comes after it. Null where the line holds more than one item. */
export function markerOf(list: ListText, { place }: PlacedStep): { readonly next: string } | null {
  const found = marker.exec(list.lines[place.first - 1] ?? '')?.groups;
  if (found === undefined) return null;
  const { indent = '', bullet = '', number, sign = '', gap = ' ' } = found;
  const next = number === undefined ? bullet : `${Number(number) + 1}${sign}`;
  return { next: `${indent}${next}${gap}` };
}

const marker =
  /^(?<indent>[ \t]*)(?<bullet>[-*+]|(?<number>\d{1,8})(?<sign>[.)]))(?<gap>[ \t]+)\[[ xX]\]/u;
