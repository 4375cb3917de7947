/**
 * What is paid for: how it is named in a bill, for how much of it the price stands, and the page of the vendor that has
 * it. GB are 2^30 bytes.
 */
export const PRICED = {
  apiRequests: { component: 'API Gateway', per: 'million requests', page: 'Amazon API Gateway pricing' },
  lambdaRequests: { component: 'Lambda', per: 'million requests', page: 'AWS Lambda pricing' },
  lambdaGbSeconds: { component: 'Lambda', per: 'million GB-seconds', page: 'AWS Lambda pricing' },
  dynamoDbWrites: { component: 'DynamoDB writes', per: 'million units', page: 'Amazon DynamoDB pricing' },
  dynamoDbReads: { component: 'DynamoDB reads', per: 'million units', page: 'Amazon DynamoDB pricing' },
  dynamoDbStorage: { component: 'DynamoDB storage', per: 'GB-month', page: 'Amazon DynamoDB pricing' },
  dynamoDbRecovery: {
    component: 'DynamoDB point-in-time recovery',
    per: 'GB-month',
    page: 'Amazon DynamoDB pricing',
  },
  s3Puts: { component: 'S3', per: 'million requests', page: 'Amazon S3 pricing' },
  s3Gets: { component: 'S3', per: 'million requests', page: 'Amazon S3 pricing' },
  s3Storage: { component: 'S3', per: 'GB-month', page: 'Amazon S3 pricing' },
  athenaScans: { component: 'Athena', per: 'TB', page: 'Amazon Athena pricing' },
  logIngestion: { component: 'CloudWatch Logs', per: 'GB', page: 'Amazon CloudWatch pricing' },
  logStorage: { component: 'CloudWatch Logs', per: 'GB-month', page: 'Amazon CloudWatch pricing' },
  metrics: {
    component: 'CloudWatch metrics, alarms, dashboard',
    per: 'metric-month',
    page: 'Amazon CloudWatch pricing',
  },
  alarms: { component: 'CloudWatch metrics, alarms, dashboard', per: 'alarm-month', page: 'Amazon CloudWatch pricing' },
  dashboards: {
    component: 'CloudWatch metrics, alarms, dashboard',
    per: 'dashboard-month',
    page: 'Amazon CloudWatch pricing',
  },
  secrets: { component: 'Secrets Manager', per: 'secret-month', page: 'AWS Secrets Manager pricing' },
  kmsKeys: { component: 'KMS', per: 'key-month', page: 'AWS Key Management Service pricing' },
  kmsRequests: { component: 'KMS', per: 'million requests', page: 'AWS Key Management Service pricing' },
  traces: { component: 'X-Ray', per: 'million traces', page: 'AWS X-Ray pricing' },
  cdnRequests: { component: 'CloudFront and WAF', per: 'million requests', page: 'Amazon CloudFront pricing' },
  cdnTransfer: { component: 'CloudFront and WAF', per: 'GB', page: 'Amazon CloudFront pricing' },
  wafAcls: { component: 'CloudFront and WAF', per: 'ACL-month', page: 'AWS WAF pricing' },
  wafRules: { component: 'CloudFront and WAF', per: 'rule-month', page: 'AWS WAF pricing' },
  wafRequests: { component: 'CloudFront and WAF', per: 'million requests', page: 'AWS WAF pricing' },
  transferOut: { component: 'Data transfer out', per: 'GB', page: 'Amazon EC2 on-demand pricing, data transfer' },
} as const satisfies Readonly<Record<string, { component: string; per: string; page: string }>>;

export type PriceName = keyof typeof PRICED;
export type Component = (typeof PRICED)[PriceName]['component'];

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Object.keys` forgets the names
export const PRICE_NAMES = Object.keys(PRICED) as readonly PriceName[];

export const COMPONENTS: readonly Component[] = [
  ...new Set(PRICE_NAMES.map((name): Component => PRICED[name].component)),
];

/** US dollars for as much as `per` says. */
export interface Tier {
  readonly usd: number;
  /** In what `per` counts; the last tier has none. */
  readonly upTo?: number;
}

export interface Price {
  readonly tiers: readonly Tier[];
  /** YYYY-MM-DD: when AWS published it, or when it was looked up. */
  readonly date: string;
}

export interface PriceList {
  readonly region: string;
  readonly prices: Readonly<Record<PriceName, Price>>;
}

/** US dollars for a quantity that is counted as the tiers are. */
export function costOf(quantity: number, tiers: readonly Tier[]): number {
  let from = 0;
  let usd = 0;
  for (const tier of tiers) {
    const upTo = tier.upTo ?? Infinity;
    usd += Math.max(0, Math.min(quantity, upTo) - from) * tier.usd;
    from = upTo;
  }
  return usd;
}
