// Follows the details of the selected task while the screen is mounted.

import { useEffect, useState } from 'react';
import { createDetailsKeeper, type DetailsKeeper } from '../engine/tasks/details-keeper.ts';
import type { OpenDetails } from '../engine/tasks/details-feed.ts';

export function useTaskDetails(openDetails: OpenDetails): DetailsKeeper {
  const [keeper] = useState(() => createDetailsKeeper(openDetails));
  useEffect(() => () => keeper.close(), [keeper]);
  return keeper;
}
