/** A condition of SQL with its named parameters: put into a query builder's `andWhere(sql, params)` or into `database.sql` with a record. */
export interface Condition {
  sql: string;
  params: Record<string, unknown>;
}
