/** The checks that every synthesis goes through. Only those that found something are in the report. */
export const CHECKS = ['AwsSolutions', 'CloudFormation Validate'];

export interface Finding {
  readonly check: string;
  readonly text: string;
}

/** @param report `validation-report.json`, which the CDK writes beside the templates. */
export function findingsOf(report: unknown): readonly Finding[] {
  return listOf(report, 'pluginReports').flatMap((plugin) =>
    listOf(plugin, 'violations').map((violation) => {
      const where = listOf(violation, 'violatingConstructs').map((construct) => textOf(construct, 'constructPath'));
      const text = `${textOf(violation, 'ruleName')} at ${where.join(', ')}: ${textOf(violation, 'description')}`;
      return { check: textOf(plugin, 'pluginName'), text };
    }),
  );
}

function listOf(value: unknown, member: string): readonly unknown[] {
  const list = memberOf(value, member);
  return Array.isArray(list) ? list : [];
}

function textOf(value: unknown, member: string): string {
  return String(memberOf(value, member));
}

function memberOf(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
}
