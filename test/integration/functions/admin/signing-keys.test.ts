import { expect, it, describe } from 'vitest';
import { type AdminFunction, startAdmin } from '#test/support/admin-function.ts';
import { XapiError } from '#xapi/errors.ts';

async function rotationsOf(admin: AdminFunction) {
  const { items } = await admin.auditLog.list('default', { limit: 100 });
  return items.filter(({ action }) => action === 'signing-keys-rotated');
}

describe('POST /signing-keys/rotate', () => {
  it('rotates once for one idempotency key, however many come at once', async () => {
    const admin = await startAdmin();
    const send = () => admin.send('POST', '/signing-keys/rotate', { headers: { 'idempotency-key': 'once' } });
    const answers = [...(await Promise.all([send(), send(), send()])), await send()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const { body } = await admin.send('GET', '/signing-keys');
    expect(body).toMatchObject({ revision: 1, keys: [{}] });
    expect(await rotationsOf(admin)).toMatchObject([
      { principal: 'operator', subject: body.keys[0].kid, details: { compromised: false } },
    ]);
  });

  it('is told to come back when the private half cannot be stored, and does not rotate again then', async () => {
    const failing = new XapiError({ code: 'overloaded', message: 'Later.' }, { retryAfter: 1 });
    const write = { fails: true };
    const admin = await startAdmin({
      privateKeys: (keys) => ({
        read: () => keys.read(),
        write: (all) => (write.fails ? Promise.reject(failing) : keys.write(all)),
      }),
    });
    const send = () => admin.send('POST', '/signing-keys/rotate', { headers: { 'idempotency-key': 'once' } });
    expect(await send()).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
    write.fails = false;
    expect(await send()).toMatchObject({ status: 200, body: { revision: 1 } });
    expect(await rotationsOf(admin)).toHaveLength(1);
    // Whoever signs next makes another in the place of the one that cannot sign, with a record of that.
    expect(await admin.send('POST', '/tokens', { body: {} })).toMatchObject({ status: 201 });
    expect(await rotationsOf(admin)).toMatchObject([{ principal: 'operator' }, { details: { automatic: true } }]);
  });

  it('is refused while the tokens of 50 keys may be valid, but not when they have leaked', async () => {
    const admin = await startAdmin();
    for (let count = 0; count < 50; count += 1) {
      expect((await admin.send('POST', '/signing-keys/rotate')).status).toBe(200);
    }
    const refused = await admin.send('POST', '/signing-keys/rotate');
    expect(refused).toMatchObject({ status: 409, body: { code: 'resource-changed' } });
    expect((await admin.send('GET', '/signing-keys')).body.keys).toHaveLength(50);
    const only = await admin.send('POST', '/signing-keys/rotate', { body: { compromised: true } });
    expect(only).toMatchObject({ status: 200, body: { revision: 51, keys: [{}] } });
  });
});
