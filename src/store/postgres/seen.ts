/** Sight as a condition of a question to the rows; `core/rights/sight` says the same of one incident. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { FILED, type Sight } from '../../core/rights/sight';

/** Holds of the rows of `incidents` named `i` that are seen. */
export function seen({ all, filed, counties, groups, rulebooks, person }: Sight): RawBuilder<SqlBool> {
  if (all) return sql<SqlBool>`true`;
  const parts = [
    ...(filed ? [sql<SqlBool>`i.status = ANY (${FILED})`] : []),
    ...(counties.length > 0 ? [sql<SqlBool>`i.county = ANY (${counties})`] : []),
    ...(rulebooks.length > 0 ? [sql<SqlBool>`i.rulebook = ANY (${rulebooks})`] : []),
    ...(groups.length > 0 ? [sql<SqlBool>`i.called_groups && ${groups}::text[]`] : []),
    ...(person === null ? [] : [sql<SqlBool>`${person} = ANY (i.people)`]),
  ];
  return parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(parts, sql` OR `)})`;
}
