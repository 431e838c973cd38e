// Links to files (OSC 8), for terminals that are known to have them. A link is an attribute of cells, like a colour: the
// text stays what it is, and its address is percent-encoded here, so that no name of a file gets to the terminal unencoded.

export type FileLinks = {
  /** This machine's name: a terminal elsewhere must not open a file of its own. */
  readonly host: string;
  /** Absolute path of the project, to which the paths of files are relative. */
  readonly project: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** By `TERM_PROGRAM`, and the first version that has them; null: all that are in use. */
const programs = new Map<string, readonly [number, number] | null>([
  ['iTerm.app', [3, 1]],
  ['WezTerm', null],
  ['ghostty', null],
  ['vscode', [1, 72]],
  ['mintty', [3, 1]],
  ['rio', null],
  ['Tabby', null],
]);

/** By `TERM`, which comes along over SSH. */
const terms = /^(?:xterm-kitty|xterm-ghostty|ghostty|wezterm|foot|foot-extra|alacritty|contour)$/;

/** The first version of VTE (GNOME Terminal and others) that has them and does not crash. */
const firstVte = 5001;
/** The first tmux that passes them on, if its terminal has them. */
const firstTmux = [3, 4] as const;

/** Whether the terminal is known to have links. `tmuxFeatures`: those of the terminal around tmux; null: not known. */
export function hasLinks(environment: Environment, tmuxFeatures: string | null): boolean {
  const { TERM = '', TERM_PROGRAM = '', TERM_PROGRAM_VERSION: version = '' } = environment;
  if (TERM === '' || TERM === 'dumb' || TERM === 'linux') return false;
  if (isInMultiplexer(environment)) {
    const features = tmuxFeatures?.trim().split(',') ?? [];
    return mayPassLinks(environment) && features.includes('hyperlinks');
  }
  const first = programs.get(TERM_PROGRAM);
  if (first !== undefined) return first === null || isFrom(version, first);
  return (
    terms.test(TERM) ||
    Number(environment['VTE_VERSION'] ?? 0) >= firstVte ||
    [environment['KITTY_WINDOW_ID'], environment['WT_SESSION']].some((value) => Boolean(value))
  );
}

/** Whether it is a tmux that passes links on to a terminal that has them. */
export function mayPassLinks(environment: Environment): boolean {
  const { TMUX, TERM_PROGRAM, TERM_PROGRAM_VERSION = '' } = environment;
  return Boolean(TMUX) && TERM_PROGRAM === 'tmux' && isFrom(TERM_PROGRAM_VERSION, firstTmux);
}

/** What the variables of the terminal say is not true inside of a multiplexer, which may also be on another machine. */
function isInMultiplexer({ TMUX, STY, ZELLIJ, TERM = '' }: Environment): boolean {
  return [TMUX, STY, ZELLIJ].some(Boolean) || /^(?:tmux|screen)/.test(TERM);
}

function isFrom(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first = '0', second = '0'] = /^(\d{1,5})\.(\d{1,5})/.exec(version) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

/** Longer addresses are ignored by terminals, or break off. */
const longestUri = 2000;

/** Null: it cannot be linked. `path`: from the project, or absolute. */
export function fileUri(path: string, { host, project }: FileLinks): string | null {
  const absolute = path.startsWith('/') ? path : `${project.replace(/\/+$/u, '')}/${path}`;
  if (path === '' || !absolute.startsWith('/')) return null;
  const uri = `file://${encoded(host)}${encoded(absolute)}`;
  return uri.length > longestUri ? null : uri;
}

/** Byte by byte, all but what no program can take for anything else. */
function encoded(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const isPlain = /[A-Za-z0-9/._~-]/.test(character);
      return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Begins a link, or ends it. */
export function linkSequence(uri: string | null): string {
  return `\u001B]8;;${uri ?? ''}\u001B\\`;
}
