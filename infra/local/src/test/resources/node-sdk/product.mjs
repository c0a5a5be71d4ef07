// A product that makes every call of Knock's SDK for Node but those of guides, with another base URL and nothing else changed.
import assert from 'node:assert/strict';
import Knock from '@knocklabs/node';

const baseURL = process.argv[2];
const knock = new Knock({ apiKey: 'sk_local', baseURL, maxRetries: 0 });

/** What is not built. */
const UNBUILT = /^users\.guides\./;

/** Notes which calls of the resource and those below it are made, and gives the names of all there are. */
function watched(resource, path, made) {
  const names = [];
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(resource))) {
    if (name === 'constructor' || typeof resource[name] !== 'function') continue;
    const call = resource[name];
    names.push(path + name);
    resource[name] = function (...given) {
      made.add(path + name);
      return call.apply(this, given);
    };
  }
  return [...names, ...below(resource, path, made)];
}

function below(whole, path, made) {
  const resources = Object.entries(whole).filter(([name, it]) => !name.startsWith('_') && it?._client);
  return resources.flatMap(([name, it]) => watched(it, `${path}${name}.`, made));
}

const made = new Set();
const calls = below(knock, '', made);

/** Until nothing is under way any more. */
async function settled() {
  await fetch(`${baseURL}/_local/advance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"by":"PT1S"}',
  });
}

async function bulk(operation) {
  await settled();
  const done = await knock.bulkOperations.get(operation.id);
  assert.equal(done.status, 'completed', done.name);
  assert.equal(done.error_count, 0, done.name);
  return done;
}

const PUSH = '6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c05';
const CHAT = '6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c06';

const refused = (status) => (error) => error.status === status;

const groups = {
  async users() {
    await knock.users.update('sdk-ada', { name: 'Ada', email: 'ada@example.com', plan: { tier: 'gold' } });
    await knock.users.update('sdk-ada', { plan: { seats: 3 } });
    assert.deepEqual((await knock.users.get('sdk-ada')).plan, { tier: 'gold', seats: 3 });
    await knock.users.update('sdk-bob', { name: 'Bob' });
    await knock.users.merge('sdk-ada', { from_user_id: 'sdk-bob' });
    await assert.rejects(knock.users.get('sdk-bob'), refused(404));
    const ids = [];
    for await (const user of knock.users.list({ page_size: 2 })) ids.push(user.id);
    assert(ids.includes('sdk-ada'));
    assert.deepEqual((await knock.users.list({ after: 'after', before: 'before', page_size: 0 })).entries, []);
  },
  async channelData() {
    const push = { tokens: ['ExponentPushToken[sdk]'] };
    await knock.users.setChannelData('sdk-ada', PUSH, { data: push });
    assert.deepEqual((await knock.users.getChannelData('sdk-ada', PUSH)).data.tokens, push.tokens);
    await knock.users.unsetChannelData('sdk-ada', PUSH);
    await assert.rejects(knock.users.getChannelData('sdk-ada', PUSH), refused(404));
    const chat = { connections: [{ channel_id: 'C042', access_token: 'xoxb-any' }] };
    await knock.objects.setChannelData('sdk-projects', 'p1', CHAT, { data: chat });
    assert.equal((await knock.objects.getChannelData('sdk-projects', 'p1', CHAT)).data.connections.length, 1);
    await knock.objects.unsetChannelData('sdk-projects', 'p1', CHAT);
    await assert.rejects(knock.objects.getChannelData('sdk-projects', 'p1', CHAT), refused(404));
  },
  async objects() {
    await knock.objects.set('sdk-projects', 'p1', { name: 'One' });
    assert.equal((await knock.objects.get('sdk-projects', 'p1')).properties.name, 'One');
    await knock.objects.addSubscriptions('sdk-projects', 'p1', { recipients: ['sdk-ada'], properties: { role: 'owner' } });
    const subscribed = await knock.users.listSubscriptions('sdk-ada');
    assert.equal(subscribed.entries[0].properties.role, 'owner');
    assert.equal((await knock.objects.listSubscriptions('sdk-projects', 'p1')).entries.length, 1);
    await bulk(await knock.objects.bulk.set('sdk-projects', { objects: [{ id: 'p2' }, { id: 'p3' }] }));
    await bulk(await knock.objects.bulk.addSubscriptions('sdk-projects', { subscriptions: [{ id: 'p2', recipients: ['sdk-ada'] }] }));
    await bulk(await knock.objects.bulk.deleteSubscriptions('sdk-projects', { subscriptions: [{ id: 'p2', recipients: ['sdk-ada'] }] }));
    const nobody = await knock.objects.bulk.deleteSubscriptions('sdk-projects', { subscriptions: [{ id: 'p2', recipients: [{}] }] });
    await settled();
    const told = await knock.bulkOperations.get(nobody.id);
    assert.deepEqual([told.status, told.error_count, told.error_items[0].id], ['completed', 1, 'p2']);
    assert((await knock.objects.list('sdk-projects')).entries.some((it) => it.id === 'p3'));
    await bulk(await knock.objects.bulk.delete('sdk-projects', { object_ids: ['p2', 'p3'] }));
    await knock.objects.deleteSubscriptions('sdk-projects', 'p1', { recipients: ['sdk-ada'] });
    assert.equal((await knock.users.listSubscriptions('sdk-ada')).entries.length, 0);
  },
  async tenants() {
    await knock.tenants.set('sdk-acme', { name: 'Acme', settings: { branding: { primary_color: '#336699' } } });
    assert.equal((await knock.tenants.get('sdk-acme')).name, 'Acme');
    assert((await knock.tenants.list()).entries.some((it) => it.id === 'sdk-acme'));
    await bulk(await knock.tenants.bulk.set({ tenants: ['sdk-t1', { id: 'sdk-t2', name: 'Two' }] }));
    await bulk(await knock.tenants.bulk.delete({ tenant_ids: ['sdk-t1', 'sdk-t2'] }));
  },
  async preferences() {
    await knock.users.setPreferences('sdk-ada', 'default', { channel_types: { sms: false } });
    assert.equal((await knock.users.getPreferences('sdk-ada', 'default')).channel_types.sms, false);
    assert.equal((await knock.users.listPreferences('sdk-ada')).length, 1);
    await bulk(await knock.users.bulk.setPreferences({ user_ids: ['sdk-ada'], preferences: { workflows: { x: false } } }));
    await knock.users.unsetPreferences('sdk-ada', 'default');
    await knock.objects.setPreferences('sdk-projects', 'p1', 'default', { categories: { news: false } });
    assert.equal((await knock.objects.getPreferences('sdk-projects', 'p1', 'default')).categories.news, false);
    assert.equal((await knock.objects.listPreferences('sdk-projects', 'p1')).length, 1);
    await knock.objects.unsetPreferences('sdk-projects', 'p1', 'default');
  },
  async preferenceCenter() {
    assert.equal((await knock.users.preferenceCenter.getConfig('sdk-ada')).enabled, true);
    const link = await knock.users.preferenceCenter.generateSignedURL('sdk-ada');
    assert.equal((await fetch(link.url)).status, 200);
  },
  async audiences() {
    await knock.audiences.addMembers('sdk-beta', { create_audience: true, members: [{ user: { id: 'sdk-ada' }, tenant: 'sdk-acme' }] });
    const members = await knock.audiences.listMembers('sdk-beta');
    assert.equal(members.entries[0].user.name, 'Ada');
    await knock.audiences.removeMembers('sdk-beta', { members: [{ user: { id: 'sdk-ada' }, tenant: 'sdk-acme' }] });
    assert.equal((await knock.audiences.listMembers('sdk-beta')).entries.length, 0);
  },
  async schedules() {
    const [made] = await knock.schedules.create({ workflow: 'new-comment', recipients: ['sdk-ada'], scheduled_at: '2099-01-01T00:00:00Z' });
    await knock.schedules.update({ schedule_ids: [made.id], data: { page_name: 'Later' } });
    assert.equal((await knock.users.listSchedules('sdk-ada')).entries[0].data.page_name, 'Later');
    await bulk(await knock.schedules.bulk.create({ schedules: [{ workflow: 'new-comment', recipient: 'sdk-ada', scheduled_at: '2099-01-01T00:00:00Z' }] }));
    const forAll = await knock.schedules.create({ workflow: 'new-comment', recipients: [{ collection: 'sdk-projects', id: 'p1' }] });
    assert.equal((await knock.objects.listSchedules('sdk-projects', 'p1')).entries[0].id, forAll[0].id);
    await knock.schedules.delete({ schedule_ids: [forAll[0].id] });
    const nobody = await knock.schedules.bulk.create({ schedules: [{ workflow: 'new-comment' }] });
    await settled();
    assert.equal((await knock.bulkOperations.get(nobody.id)).error_count, 1);
    const all = (await knock.schedules.list({ workflow: 'new-comment' })).entries;
    await knock.schedules.delete({ schedule_ids: all.filter((it) => it.recipient.id === 'sdk-ada').map((it) => it.id) });
    assert.equal((await knock.users.listSchedules('sdk-ada')).entries.length, 0);
  },
  async workflowsAndMessages() {
    const { workflow_run_id: run } = await knock.workflows.trigger('new-comment', {
      recipients: ['sdk-ada'],
      actor: { id: 'sdk-grace', name: 'Grace' },
      cancellation_key: 'sdk-1',
      tenant: 'sdk-acme',
      data: { page_name: 'Sailing', comment: 'More?' },
    });
    await settled();
    const runs = (await knock.workflowRecipientRuns.list({ workflow: 'new-comment' })).items;
    assert(runs.some((it) => it.workflow_run_id === run));
    assert.equal((await knock.workflowRecipientRuns.get(runs[0].id)).workflow, 'new-comment');
    await knock.workflows.cancel('new-comment', { cancellation_key: 'sdk-1' });
    const [message] = (await knock.messages.list({ workflow_run_id: run })).items;
    const id = message.id;
    assert.equal(message.channel.key, 'feed');
    assert.equal((await knock.messages.get(id)).id, id);
    assert.equal((await knock.messages.getContent(id)).data.__typename, 'MessageInAppFeedContent');
    assert((await knock.messages.listEvents(id)).items.length > 0);
    await knock.messages.listActivities(id);
    await knock.messages.listDeliveryLogs(id);
    for (const mark of ['markAsSeen', 'markAsUnseen', 'markAsRead', 'markAsUnread', 'archive', 'unarchive']) await knock.messages[mark](id);
    await knock.messages.markAsInteracted(id, { metadata: { from: 'script' } });
    for (const mark of ['markAsSeen', 'markAsUnseen', 'markAsRead', 'markAsUnread', 'archive', 'unarchive', 'markAsInteracted'])
      assert.equal((await knock.messages.batch[mark]({ message_ids: [id] })).length, 1, mark);
    assert.equal((await knock.messages.batch.getContent({ message_ids: [id] })).length, 1);
    const feed = message.channel.id;
    assert.equal((await knock.users.feeds.listItems('sdk-ada', feed, { tenant: 'sdk-acme' })).entries.length, 1);
    await knock.messages.markAsUnread(id); // an interaction with an item is a read
    assert.equal((await bulk(await knock.channels.bulk.updateMessageStatus(feed, 'read', { recipient_ids: ['sdk-ada'] }))).processed_rows, 1);
    const badge = await (await knock.users.feeds.listItems('sdk-ada', feed).asResponse()).json();
    assert.equal(badge.meta.unread_count, 0);
    assert((await knock.users.listMessages('sdk-ada')).items.some((it) => it.id === id));
    assert.deepEqual((await knock.objects.listMessages('sdk-projects', 'p1')).items, []);
    assert.equal((await knock.users.feeds.getSettings('sdk-ada', feed)).features.branding_required, false);
    await assert.rejects(knock.users.getChannelData('sdk-ada', feed), refused(404));
  },
  async integrations() {
    await knock.integrations.census.customDestination({ id: '1', jsonrpc: '2.0', method: 'list_objects' });
    await knock.integrations.hightouch.embeddedDestination({ id: '1', jsonrpc: '2.0', method: 'list_objects' });
  },
  async workspaces() {
    await knock.tenants.set('sdk-acme', { channel_data: { [CHAT]: { token: { access_token: 'xoxb-any' } } } });
    const slack = { access_token_object: JSON.stringify({ object_id: 'sdk-acme', collection: '$tenants' }) };
    assert.equal((await knock.providers.slack.checkAuth(CHAT, slack)).connection.ok, true);
    await knock.providers.slack.listChannels(CHAT, slack);
    await knock.providers.slack.revokeAccess(CHAT, slack);
    const teams = { ms_teams_tenant_object: slack.access_token_object };
    for (const call of ['checkAuth', 'listTeams', 'revokeAccess'])
      await assert.rejects(knock.providers.msTeams[call](CHAT, teams), refused(404), call);
    await assert.rejects(knock.providers.msTeams.listChannels(CHAT, { ...teams, team_id: PUSH }), refused(404));
  },
  async theEnd() {
    await bulk(await knock.users.bulk.identify({ users: [{ id: 'sdk-1', name: 'One' }, { id: 'sdk-2' }] }));
    await bulk(await knock.users.bulk.delete({ user_ids: ['sdk-1', 'sdk-2', 'sdk-grace'] }));
    await knock.users.delete('sdk-ada');
    await settled();
    await assert.rejects(knock.users.get('sdk-ada'), refused(404));
    await knock.objects.delete('sdk-projects', 'p1');
    await knock.tenants.delete('sdk-acme');
  },
};

for (const [name, run] of Object.entries(groups)) {
  await run().catch((error) => {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  });
  console.log(`ok ${name}`);
}
const left = calls.filter((it) => !made.has(it) && !UNBUILT.test(it));
assert(calls.length > 90, `only ${calls.length} calls were found in the SDK`);
assert.deepEqual(left, [], 'not every call was made');
console.log(`ok ${calls.length} calls, of which ${calls.filter((it) => UNBUILT.test(it)).length} are not built`);
