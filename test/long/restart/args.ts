/** What is asked in one process and gone on with in another. */
export const restartArgs = {
  where: { blades: { some: { isDamaged: true } } },
  select: { name: true, blades: true },
  sort: [{ name: "desc" }],
  limit: 5,
} as const;
