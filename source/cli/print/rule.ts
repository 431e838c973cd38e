// The line above and below a banner, as the shell runner printed it.

export const rule = '==========================================';
