// Follows the one task that is looked at closer, for as long as the screen is there.

import { useEffect, useState } from 'react';
import { createDetailsKeeper, type DetailsKeeper } from '../engine/tasks/details-keeper.ts';
import type { OpenDetails } from '../engine/tasks/details-feed.ts';

export function useTaskDetails(openDetails: OpenDetails): DetailsKeeper {
  const [keeper] = useState(() => createDetailsKeeper(openDetails));
  useEffect(() => () => keeper.close(), [keeper]);
  return keeper;
}
