import type { Price, PriceList } from './prices.ts';

const flat = (usd: number, date: string): Price => ({ tiers: [{ usd }], date });
const tiered = (upTo: number, usd: number, beyond: number, date: string): Price => ({
  tiers: [{ usd, upTo }, { usd: beyond }],
  date,
});

/** The same in both regions below. */
const COMMON = {
  lambdaRequests: flat(0.2, '2026-10-01'),
  lambdaGbSeconds: {
    tiers: [{ usd: 13.3334, upTo: 7_500 }, { usd: 12.0001, upTo: 18_750 }, { usd: 10.6667 }],
    date: '2026-10-01',
  },
  s3Puts: flat(5, '2026-08-07'),
  s3Gets: flat(0.4, '2026-08-07'),
  s3Storage: flat(0.023, '2026-08-07'),
  athenaScans: flat(5, '2026-11-29'),
  logStorage: flat(0.03, '2026-08-06'),
  metrics: tiered(10_000, 0.3, 0.1, '2026-08-06'),
  alarms: flat(0.1, '2026-08-06'),
  dashboards: flat(3, '2026-11-22'),
  secrets: flat(0.4, '2026-09-11'),
  kmsKeys: flat(1, '2026-11-22'),
  kmsRequests: flat(3, '2026-11-22'),
  traces: flat(5, '2026-11-22'),
  cdnTransfer: flat(0.085, '2026-11-22'),
  wafAcls: flat(5, '2026-11-22'),
  wafRules: flat(1, '2026-11-22'),
  wafRequests: flat(0.6, '2026-11-22'),
  transferOut: tiered(10_240, 0.09, 0.085, '2026-07-20'),
} as const;

/**
 * The regions whose prices have been looked up, dated with AWS's price list or with the day of looking. Prices of other
 * regions are not guessed from these: give them by `--prices`. CloudFront is paid by where the viewers are: in North
 * America for `us-east-1`, in Europe for `eu-west-1`.
 */
export const REGIONS: readonly PriceList[] = [
  {
    region: 'us-east-1',
    prices: {
      ...COMMON,
      apiRequests: tiered(300, 1, 0.9, '2026-08-17'),
      dynamoDbWrites: flat(0.625, '2026-08-15'),
      dynamoDbReads: flat(0.125, '2026-08-15'),
      dynamoDbStorage: flat(0.25, '2026-08-15'),
      dynamoDbRecovery: flat(0.2, '2026-08-15'),
      logIngestion: flat(0.5, '2026-08-06'),
      cdnRequests: flat(1, '2026-11-22'),
    },
  },
  {
    region: 'eu-west-1',
    prices: {
      ...COMMON,
      apiRequests: tiered(300, 1.11, 1, '2026-10-02'),
      dynamoDbWrites: flat(0.705, '2026-09-11'),
      dynamoDbReads: flat(0.1415, '2026-09-11'),
      dynamoDbStorage: flat(0.283, '2026-09-11'),
      dynamoDbRecovery: flat(0.22, '2026-09-11'),
      logIngestion: flat(0.57, '2026-09-22'),
      cdnRequests: flat(1.2, '2026-11-22'),
    },
  },
];
