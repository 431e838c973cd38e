// Whether the dashboard can be shown here. A run needs no terminal.

import { fine, noted, type Found } from '../../core/doctor/finding.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { plainTheme, themeFor } from '../../ui/look/theme.ts';
import { isDumb } from '../screen/screen-terminal.ts';

type Terminal = {
  /** Of stdout. */
  isTTY?: boolean;
  columns?: number;
  rows?: number;
};

/** The smallest that the dashboard draws on. */
const least = { columns: 40, rows: 10 };

export function terminalFound(
  { isTTY = false, columns, rows }: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
): Found {
  const term = cleanLine(environment['TERM'] ?? '', { maxLength: 100 });
  if (!isTTY) {
    return noted(
      'stdout is not a terminal: --list, --log and --headless work, the dashboard does not',
    );
  }
  if (isDumb(environment)) {
    return noted(
      `TERM is ${JSON.stringify(term)}: set it to what the terminal is, for the dashboard`,
    );
  }
  // Some terminals do not say their size, and report 0.
  const [width, height] = [columns || 80, rows || 24];
  if (width < least.columns || height < least.rows) {
    return noted(
      `${width}×${height} is too small for the dashboard: at least ${least.columns}×${least.rows}`,
    );
  }
  const theme = themeFor(environment);
  const signs = theme.ascii ? ', signs of ASCII only (the locale is not UTF-8)' : '';
  const colours = theme.colors === plainTheme.colors ? ', without colours' : '';
  return fine(`${term === '' ? '' : `${term}, `}${width}×${height}${signs}${colours}`);
}
