import { LAKE_QUERIES } from '#lake/queries.ts';

import type { Generator } from './generator.ts';

const HEAD = `# Queries to begin with

<!-- generated from lake/queries.ts -->

They are saved in Athena, in both workgroups, and run in [DuckDB](../bi.md#on-the-laptop) unchanged. They ask
\`statements_pseudonymous\`, so that everybody may run them. Change the store and the days.
`;

/** The queries of the lake as a page, for those who have no Athena to find them in. */
export const lakeQueries: Generator = {
  name: 'queries of the lake',
  generate: () => {
    const sections = LAKE_QUERIES.map(
      ({ name, description, sql }) => `\n## ${name}\n\n${description}.\n\n\`\`\`sql\n${sql}\n\`\`\`\n`,
    );
    return Promise.resolve(new Map([['docs/reference/lake-queries.md', `${HEAD}${sections.join('')}`]]));
  },
};
