// Quotes and list items, the blocks that hold other blocks: what opens one, and which lines belong to it.
// Lines arrive with tabs expanded.

import { isThematicBreak, listMarkerIn, spacesAt } from './markdown-line.ts';

export type Container =
  | { kind: 'quote' }
  | {
      kind: 'item';
      /** Columns by which a line must be indented to belong to the item. */
      indent: number;
      /** True until the item holds something. */
      isEmpty: boolean;
      /** Which paragraph, as the item's first, may begin with a box. */
      box: 'any' | 'unindented' | 'none';
    };

type ContainerOpening = {
  container: Container;
  width: number;
  interruptsParagraph: boolean;
};

/** The container that begins with the first character of `rest`; `width` is that of its marker. */
export function containerIn(rest: string): ContainerOpening | null {
  if (rest.startsWith('>')) {
    const width = rest[1] === ' ' ? 2 : 1;
    return { container: { kind: 'quote' }, width, interruptsParagraph: true };
  }
  const marker = listMarkerIn(rest);
  if (marker === null || isThematicBreak(rest)) return null;
  const spaces = spacesAt(rest, marker.width);
  const isAlone = marker.width + spaces === rest.length;
  // Five spaces and more: one of them belongs to the marker, the others to indented code.
  const width = marker.width + (isAlone || spaces > 4 ? 1 : spaces);
  // A box on the line after the marker: GitHub's specification does not forbid it, GitHub itself does not render
  // one, and the reference parser does only when neither the marker nor the box has an extra space.
  const box = !isAlone ? 'any' : spaces === 0 ? 'unindented' : 'none';
  return {
    container: { kind: 'item', indent: width, isEmpty: true, box },
    width,
    interruptsParagraph: !isAlone && (marker.number === null || marker.number === '1'),
  };
}

/** Where the container's content begins in this line; null when the line no longer belongs to it. */
export function offsetInside(container: Container, line: string, offset: number): number | null {
  const spaces = spacesAt(line, offset);
  const first = offset + spaces;
  if (container.kind === 'quote') {
    if (spaces >= 4 || line[first] !== '>') return null;
    return line[first + 1] === ' ' ? first + 2 : first + 1;
  }
  // An item whose marker is alone on its line waits just one line for its content.
  if (first === line.length) return container.isEmpty ? null : first;
  return spaces >= container.indent ? offset + container.indent : null;
}
