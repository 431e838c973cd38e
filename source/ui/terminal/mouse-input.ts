// The keyboard as Ink gets it: the same stream, with pastes that stay pastes, without what the terminal answers, and
// without the reports of the mouse, which Ink would drop. They come as
// `ESC [ < button ; column ; row M` (a press) or `m` (a release), counted from 1, and only while they are asked for.

import { createPasteGuard } from './paste-guard.ts';
import { createAnswerFilter } from './terminal-answers.ts';

export type MouseEvent = {
  readonly kind: 'click' | 'wheel-up' | 'wheel-down';
  /** Cells from the top left, from 0. */
  readonly x: number;
  readonly y: number;
};

export type MouseInput = {
  /** For Ink to read from. */
  readonly inkStream: NodeJS.ReadStream;
  subscribe(listener: (event: MouseEvent) => void): () => void;
};

const report = /\u001B\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])/gu;
/** The beginning of a report at the end of what one read brought. A lone escape is a key, and goes on. */
const torn = /\u001B\[<[\d;]{0,16}$/u;

export function mouseInput(stream: NodeJS.ReadStream): MouseInput {
  const listeners = new Set<(event: MouseEvent) => void>();
  const guarded = createPasteGuard();
  const withoutAnswers = createAnswerFilter();
  let kept = '';

  function withoutReports(chunk: string): string {
    const text = kept + chunk;
    kept = torn.exec(text)?.[0] ?? '';
    return text.slice(0, text.length - kept.length).replace(report, (...match: string[]) => {
      const event = eventOf(match);
      if (event !== null) for (const listener of listeners) listener(event);
      return '';
    });
  }

  const read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = stream.read(size);
      if (typeof chunk !== 'string') return chunk;
      const rest = guarded(withoutReports(withoutAnswers(chunk)));
      // What held nothing but reports and answers is as if it had not come.
      if (rest !== '') return rest;
    }
  };

  return {
    inkStream: new Proxy(stream, {
      get: (target, key) => {
        if (key === 'read') return read;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Null for what we make nothing of: releases, other buttons, moves. */
function eventOf([, button, column, row, end]: readonly string[]): MouseEvent | null {
  const place = { x: Number(column) - 1, y: Number(row) - 1 };
  // 4, 8 and 16 are shift, meta and control.
  switch (Number(button) & ~28) {
    case 0:
      return end === 'M' ? { kind: 'click', ...place } : null;
    case 64:
      return { kind: 'wheel-up', ...place };
    case 65:
      return { kind: 'wheel-down', ...place };
    default:
      return null;
  }
}
