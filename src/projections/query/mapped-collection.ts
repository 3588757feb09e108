import type { Found } from "./collection.ts";
import type { SearchableCollection } from "./sql-collection.ts";

/** The same collection with other rows: `map` makes each of what the collection's table has. */
export function mappedCollection<From, To>(
  collection: SearchableCollection<From>,
  map: (row: From) => To,
): SearchableCollection<To> {
  const mapped = ({ row, key }: Found<From>): Found<To> => ({ row: map(row), key });
  return {
    ...collection,
    page: (query) => collection.page(query).map(mapped),
    find(id) {
      const row = collection.find(id);
      return row && map(row);
    },
  };
}
