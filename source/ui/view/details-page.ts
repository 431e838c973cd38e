// The pages of the details pane: the parts of one task in detail.

export type DetailsPage = 'steps' | 'sessions' | 'notes' | 'about';

export const detailsPages: readonly DetailsPage[] = ['steps', 'sessions', 'notes', 'about'];

export const pageTitles: Readonly<Record<DetailsPage, string>> = {
  steps: 'Steps',
  sessions: 'Sessions',
  notes: 'Notes',
  about: 'About',
};

export function neighbourPage(page: DetailsPage, by: 1 | -1): DetailsPage {
  const count = detailsPages.length;
  return detailsPages[(detailsPages.indexOf(page) + by + count) % count] ?? 'steps';
}
