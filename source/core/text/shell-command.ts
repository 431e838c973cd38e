// Codex runs every command through a shell and logs the call with its quoting. A person wants to read the
// script. Only what is certain is undone: exactly one word must follow `-lc` or `-c`. Older versions joined the
// words without quoting them, so that nothing can be told apart; then the command stays as it is.
//
//   /bin/bash -lc "for i in 1 2; do printf \"red \"'$i'\"\\n\"; done"   →   for i in 1 2; do printf "red $i\n"; done

/** Linux takes no argument of over 128 KiB, and quotes at most double it: what is longer was never run. */
const maxLength = 256 * 1024;

/** The script of `bash -lc …`, `/bin/sh -c …` and the like; any other command as it is. */
export function unwrappedCommand(command: string): string {
  if (command.length > maxLength) return command;
  const start = /^\s*(?:[\w./-]*\/)?(?:ba|z|da|k)?sh\s+(?:-l\s+)?-l?c\s+/.exec(command);
  if (start === null) return command;
  return onlyWord(command, start[0].length) ?? command;
}

/** Words as one line that a shell would take apart into the same words again. */
export function quotedCommand(words: readonly string[]): string {
  return words.map(quotedWord).join(' ');
}

function quotedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

// Outside of double quotes: '…' as it stands, an escaped character, plain ones, or the quote that opens. A joiner
// that quotes leaves nothing plain that means something to the shell.
const outside = /'(?<single>[^']*)'|\\(?<escaped>[^])|(?<plain>[^\s'"\\|&;<>()$`]+)|"/y;
// Inside, a backslash before anything but these is a backslash.
const inside = /\\(?<escaped>[\\"$`\n])|(?<plain>[^"\\]+|\\)|"/y;

/** The one word from there to the end, without its quotes; null when it is not one, or a quote stays open. */
function onlyWord(command: string, from: number): string | null {
  const word = command.slice(from).trimEnd();
  if (word === '') return null;
  if (/^[^\s'"\\]+$/.test(word)) return word;

  const unquoted: string[] = [];
  let here = outside;
  let at = 0;
  while (at < word.length) {
    here.lastIndex = at;
    const found = here.exec(word);
    if (found === null) return null;
    at = here.lastIndex;
    if (found[0] === '"') {
      here = here === outside ? inside : outside;
    } else {
      const { single, escaped, plain } = found.groups ?? {};
      // A backslash before a newline joins two lines.
      unquoted.push(escaped === '\n' ? '' : (single ?? escaped ?? plain ?? ''));
    }
  }
  return here === inside ? null : unquoted.join('');
}
