/** A row as it is, but not deleted any more. */
export function undeleted<Row extends { readonly deletedAt?: number }>(row: Row): Omit<Row, 'deletedAt'> {
  const { deletedAt: _deletedAt, ...living } = row
  return living
}
