import { describe, expect, it, vi } from 'vitest';
import type { AuditEvent } from '#access/audit-record.ts';
import type { CountedEvent } from '#access/counted-event.ts';
import { LogAuditor } from '#http/audit/log-auditor.ts';
import { createLogger } from '#runtime/logger.ts';
import type { EventNotes, NotedEvent } from '#storage/event-notes.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');

interface Observed {
  readonly auditor: LogAuditor;
  readonly noted: readonly NotedEvent[];
  /** With their hours. */
  readonly counted: readonly (CountedEvent & { readonly hour: string })[];
  readonly lines: readonly string[];
  readonly clock: { time: number };
}

function anAuditor(note?: EventNotes['note']): Observed {
  const clock = { time: NOON };
  const noted: NotedEvent[] = [];
  const counted: (CountedEvent & { readonly hour: string })[] = [];
  const lines: string[] = [];
  const auditor = new LogAuditor({
    notes: {
      note: async (one) => {
        noted.push(one);
        await note?.(one);
      },
    },
    counters: {
      add: (hour, events) => {
        counted.push({ ...events, hour });
        return Promise.resolve();
      },
    },
    logger: createLogger(
      'info',
      (line) => lines.push(line),
      () => 0,
    ),
    now: () => clock.time,
  });
  return { auditor, noted, counted, lines, clock };
}

function anEvent(overrides: Partial<AuditEvent> = {}): AuditEvent {
  return { store: 'default', time: NOON, principal: 'key', action: 'bulk-read', result: 'done', ...overrides };
}

describe('the auditor', () => {
  it('notes each event', async () => {
    const { auditor, noted } = anAuditor();
    const events = ['one', 'other'].map((id) => ({ id, event: anEvent({ subject: id }) }));
    await auditor.record(events);
    expect(noted).toEqual(events);
  });

  it('tells the log what could not be recorded, and nobody else', async () => {
    const { auditor, lines } = anAuditor(() => Promise.reject(new Error('no connection')));
    await auditor.record([{ id: 'one', event: anEvent({ requestId: 'request-1' }) }]);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'error', message: 'not recorded', requestId: 'request-1', action: 'bulk-read' },
    ]);
  });

  it('tells the log what could not be recorded in two seconds', async () => {
    const { auditor, lines } = anAuditor(() => new Promise(() => undefined));
    const begun = performance.now();
    await auditor.record([{ id: 'one', event: anEvent() }]);
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ message: 'not recorded in time' }]);
  });

  it('waits for nothing when there is nothing to record', () => {
    const { auditor } = anAuditor();
    const timers = vi.spyOn(globalThis, 'setTimeout');
    void auditor.record([]);
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });

  it('records an action of a principal once an hour, whichever process sees it', async () => {
    const [one, other] = [anAuditor(), anAuditor()];
    for (const { auditor } of [one, other]) {
      auditor.recordHourly(anEvent());
      auditor.recordHourly(anEvent({ time: NOON + 3_599_999 }));
    }
    expect(one.noted).toHaveLength(1);
    expect(other.noted).toEqual(one.noted);
    one.auditor.recordHourly(anEvent({ time: NOON + 3_600_000 }));
    one.auditor.recordHourly(anEvent({ principal: 'other' }));
    one.auditor.recordHourly(anEvent({ store: 'other' }));
    await one.auditor.settled();
    expect(new Set(one.noted.map(({ id, event }) => `${event.store} ${id}`)).size).toBe(4);
  });

  it('records it again when it could not', async () => {
    let fails = true;
    const { auditor, noted } = anAuditor(() =>
      fails ? Promise.reject(new Error('no connection')) : Promise.resolve(),
    );
    auditor.recordHourly(anEvent());
    await auditor.settled();
    fails = false;
    auditor.recordHourly(anEvent());
    auditor.recordHourly(anEvent());
    await auditor.settled();
    expect(noted).toHaveLength(2);
  });

  it('writes the first of a kind at once, and the next in lots', async () => {
    const { auditor, counted, clock } = anAuditor();
    const read: CountedEvent = { store: 'a', action: 'statements-read', principal: 'key', counts: { singles: 1 } };
    for (let reads = 0; reads < 50; reads += 1) auditor.count(read);
    clock.time += 60_000;
    auditor.count(read);
    await auditor.settled();
    expect(counted.map(({ counts }) => counts)).toEqual([{ singles: 1 }, { singles: 50 }]);
  });

  it('counts each hour apart', async () => {
    const { auditor, counted, clock } = anAuditor();
    const issued: CountedEvent = { store: 'a', action: 'tokens-issued', principal: 'key', counts: { events: 1 } };
    auditor.count(issued);
    auditor.count(issued);
    clock.time += 3_600_000;
    auditor.count(issued);
    await auditor.settled();
    expect(counted.map(({ hour, counts }) => [hour, counts])).toEqual([
      ['2026-03-01T12', { events: 1 }],
      ['2026-03-01T13', { events: 1 }],
      ['2026-03-01T12', { events: 1 }],
    ]);
  });

  it('counts failures for the store of the credential that was named, else for the operator', async () => {
    const { auditor, counted } = anAuditor();
    const source = '192.0.2.1';
    auditor.countFailure({ reason: 'disabled', known: { store: 'a', key: 'key' }, source });
    auditor.countFailure({ reason: 'missing', source });
    await auditor.settled();
    const common = { hour: '2026-03-01T12', action: 'authentication-failed', source, counts: { events: 1 } };
    expect(counted).toEqual([
      { ...common, store: 'a', principal: 'key', reason: 'disabled' },
      { ...common, store: 'default', reason: 'missing' },
    ]);
  });

  it('counts the failures of more than 50 addresses in an hour together', async () => {
    const { auditor, counted, clock } = anAuditor();
    const fail = (host: number): void => auditor.countFailure({ reason: 'missing', source: `192.0.2.${host}` });
    for (let host = 0; host < 60; host += 1) fail(host);
    fail(0);
    await auditor.settled();
    expect(new Set(counted.map(({ source }) => source)).size).toBe(51);
    expect(counted.filter(({ source }) => source === undefined)).toMatchObject([{ counts: { events: 1 } }]);
    clock.time += 3_600_000;
    fail(59);
    await auditor.settled();
    expect(counted.at(-1)?.hour).toBe('2026-03-01T12');
    expect(counted.filter(({ hour }) => hour === '2026-03-01T13')).toMatchObject([{ source: '192.0.2.59' }]);
  });
});
