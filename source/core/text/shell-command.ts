// Codex runs every command through a shell and logs the invocation with its quoting; a user wants to read the
// script. It is unwrapped only when that is certain: exactly one word must follow `-lc` or `-c`. Older versions
// joined the words without quoting them, which cannot be undone; such a command stays as it is.
//
//   /bin/bash -lc "for i in 1 2; do printf \"red \"'$i'\"\\n\"; done"   →   for i in 1 2; do printf "red $i\n"; done

/** Linux accepts no argument over 128 KiB, and quoting at most doubles it: a longer command never ran. */
const maxLength = 256 * 1024;

/** The script of `bash -lc …`, `/bin/sh -c …` and the like; any other command unchanged. */
export function unwrappedCommand(command: string): string {
  if (command.length > maxLength) return command;
  const start = /^\s*(?:[\w./-]*\/)?(?:ba|z|da|k)?sh\s+(?:-l\s+)?-l?c\s+/.exec(command);
  if (start === null) return command;
  return onlyWord(command, start[0].length) ?? command;
}

/** Words as one line that a shell would split into the same words again. */
export function quotedCommand(words: readonly string[]): string {
  return words.map(quotedWord).join(' ');
}

function quotedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

// Outside double quotes: '…' literally, an escaped character, plain ones, or an opening quote. Correct quoting
// leaves no plain character that is special to the shell.
const outside = /'(?<single>[^']*)'|\\(?<escaped>[^])|(?<plain>[^\s'"\\|&;<>()$`]+)|"/y;
// Inside, a backslash before any other character is literal.
const inside = /\\(?<escaped>[\\"$`\n])|(?<plain>[^"\\]+|\\)|"/y;

/** The text from there to the end without its quotes; null when it is not one word, or a quote stays open. */
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
