// The input stream for Ink: the same stream, but pastes stay pastes, answers of the terminal and what it says of its focus
// are removed, and mouse reports, which Ink would drop, go to our listeners instead. A report is `ESC [ < button ; column ; row M` (press) or
// `m` (release), counted from 1. The terminal sends reports only while they are turned on.

import { createTerminalFocus, type TerminalFocus } from './focus.ts';
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
  readonly focus: Pick<TerminalFocus, 'isFocused'>;
};

const report = /\u001B\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])/gu;
/** The beginning of a report at the end of a read. A lone ESC is a key, and is passed on. */
const torn = /\u001B\[<[\d;]{0,16}$/u;

/** `now` is a monotonic clock, ms. */
export function mouseInput(stream: NodeJS.ReadStream, now: () => number): MouseInput {
  const listeners = new Set<(event: MouseEvent) => void>();
  const guarded = createPasteGuard(now);
  const withoutAnswers = createAnswerFilter(now);
  const focus = createTerminalFocus(now);
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
      const rest = guarded(focus.withoutReports(withoutReports(withoutAnswers(chunk))));
      // A read that held only reports and answers is skipped.
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
    focus,
  };
}

/** Null for events that we ignore: releases, other buttons, moves. */
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
