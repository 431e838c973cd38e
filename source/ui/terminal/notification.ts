// Asks the terminal to notify the user: by the sequence that it knows, or by the bell.
//
//   OSC 9   ESC ] 9 ; text BEL                        iTerm2, WezTerm, Ghostty, Warp
//   OSC 777 ESC ] 777 ; notify ; title ; body BEL     foot, urxvt (with an extension for it)
//   OSC 99  ESC ] 99 ; … ; title ST, and the body     kitty

import type { TerminalNotices } from '../../core/notify/events.ts';
import type { Notice } from '../../core/notify/notice.ts';
import { cleanLine } from '../../core/text/clean.ts';

type Environment = Readonly<Record<string, string | undefined>>;

type NoticeForm = {
  sequence: 'osc9' | 'osc99' | 'osc777' | null;
  /** Beside the sequence where that may not arrive. */
  bell: boolean;
  /** tmux hands on what is in its envelope, with each escape doubled, if allow-passthrough is on. */
  isInTmux: boolean;
};

/** Null: the terminal does not notify. */
export function noticeForm(setting: TerminalNotices, environment: Environment): NoticeForm | null {
  const isInTmux = Boolean(environment['TMUX']);
  switch (setting) {
    case 'off':
      return null;
    case 'bell':
      return { sequence: null, bell: true, isInTmux };
    case 'osc9':
    case 'osc99':
    case 'osc777':
      return { sequence: setting, bell: isInTmux, isInTmux };
    case 'auto': {
      const sequence = sequenceOf(environment);
      // Without its extension, urxvt ignores the sequence.
      const isUnsure = isInTmux || (environment['TERM'] ?? '').startsWith('rxvt');
      return { sequence, bell: sequence === null || isUnsure, isInTmux };
    }
    default:
      return setting satisfies never;
  }
}

function sequenceOf(environment: Environment): NoticeForm['sequence'] {
  const { TMUX, STY, TERM = '', TERM_PROGRAM = '', LC_TERMINAL } = environment;
  if (TMUX) return sequenceAround(environment);
  // GNU Screen hands nothing on, whatever is around it.
  if (STY) return null;
  if (TERM === 'xterm-kitty') return 'osc99';
  if (['iTerm.app', 'WezTerm', 'ghostty', 'WarpTerminal'].includes(TERM_PROGRAM)) return 'osc9';
  if (LC_TERMINAL === 'iTerm2' || TERM === 'xterm-ghostty') return 'osc9';
  return /^(?:foot|rxvt-unicode)(?:-|$)/u.test(TERM) ? 'osc777' : null;
}

/**
 * Inside tmux, TERM and TERM_PROGRAM are its own. Other variables are of the terminal in which it was started, so the bell
 * rings as well.
 */
function sequenceAround(environment: Environment): NoticeForm['sequence'] {
  const { LC_TERMINAL, KITTY_WINDOW_ID, WEZTERM_PANE, GHOSTTY_RESOURCES_DIR } = environment;
  if (KITTY_WINDOW_ID) return 'osc99';
  return LC_TERMINAL === 'iTerm2' || WEZTERM_PANE || GHOSTTY_RESOURCES_DIR ? 'osc9' : null;
}

const bell = '\u0007';

/** `id`: tells the notification from others in the same terminal. */
export function noticeBytes(form: NoticeForm, notice: Notice, id: string): string {
  const sequence = sequenceFor(form.sequence, notice, id);
  const passed = form.isInTmux && sequence !== '' ? throughTmux(sequence) : sequence;
  return passed + (form.bell ? bell : '');
}

function sequenceFor(form: NoticeForm['sequence'], { title, body }: Notice, id: string): string {
  const [head, text] = [partOf(title), partOf(body)];
  switch (form) {
    case null:
      return '';
    case 'osc9':
      return `\u001B]9;${head}: ${text}\u0007`;
    case 'osc777':
      return `\u001B]777;notify;${head};${text}\u0007`;
    case 'osc99': {
      const name = id.replaceAll(/[^\w.+-]/gu, '');
      // It has the focus of its windows at hand: none is shown while that of the dashboard has it.
      const part = (done: 0 | 1, kind: string, payload: string): string =>
        `\u001B]99;i=${name}:d=${done}:o=unfocused:p=${kind};${payload}\u001B\\`;
      return part(0, 'title', head) + part(1, 'body', text);
    }
    default:
      return form satisfies never;
  }
}

/** Neither control characters nor the semicolon, which would begin another part. */
function partOf(text: string): string {
  return cleanLine(text, { maxLength: 300 }).replaceAll(';', ',');
}

function throughTmux(sequence: string): string {
  return `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
}

/** `OSC 9`, `OSC 99, and the bell`, `the bell` */
export function noticeFormWords({ sequence, bell: hasBell }: NoticeForm): string {
  if (sequence === null) return 'the bell';
  return `OSC ${sequence.slice('osc'.length)}${hasBell ? ', and the bell' : ''}`;
}
