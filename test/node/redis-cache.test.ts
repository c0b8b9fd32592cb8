import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, describe, it } from "mocha";
import { redisCache } from "../../src/node/redis-cache.ts";
import { anthropicClient } from "../support/client-forms.ts";
import { CLIENT_KEY, type LiveGateway, liveGateway, providerAt } from "../support/gateway.ts";
import { NEEDS_REDIS, redisProgram, type TestRedis, testRedis } from "../support/redis.ts";
import { type ScriptedVendor, scriptedVendor } from "../support/scripted-vendor.ts";
import { answers, anthropicForm } from "../support/vendor-forms.ts";

/** Resolves once `is` holds; the test's own time limit ends it else. */
async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A way to a port on which connections can die without anybody telling. */
async function deafProxy(port: number) {
  const sockets: Socket[] = [];
  let connections = 0;
  const server = createServer((near) => {
    connections++;
    const far = connect(port, "127.0.0.1");
    for (const it of [near, far]) it.on("error", () => undefined);
    sockets.push(near, far);
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    goDeaf() {
      for (const it of sockets) it.unpipe().pause();
    },
    close() {
      for (const it of sockets) it.destroy();
      server.close();
    },
  };
}

describe(`a response cache in Redis${NEEDS_REDIS}`, () => {
  const gateways: LiveGateway[] = [];
  let redis: TestRedis | undefined;
  let vendor: ScriptedVendor;

  beforeEach(async function () {
    if (redisProgram() === undefined) this.skip();
    vendor = await scriptedVendor(answers(anthropicForm, "served"));
  });
  afterEach(async () => {
    for (const it of gateways.splice(0)) await it.stop();
    redis?.resume();
    await redis?.kill();
    redis = undefined;
    await vendor?.close();
  });

  async function started(...more: readonly string[]): Promise<TestRedis> {
    redis = await testRedis(...more);
    return redis;
  }

  async function open(setting: unknown, env: Readonly<Record<string, string>> = {}): Promise<LiveGateway> {
    const it = await liveGateway({
      env,
      settings: {
        providers: { main: providerAt(anthropicForm, vendor.address) },
        server: { keys: [{ key: CLIENT_KEY, name: "ann" }], responseCache: { redis: setting } },
      },
    });
    gateways.push(it);
    return it;
  }

  async function ask(gateway: LiveGateway, words: string): Promise<string | null> {
    const { body, ...more } = anthropicClient.ask(anthropicForm.model, false, words);
    const got = await gateway.ask(anthropicClient, { ...more, body: { ...body, temperature: 0 } });
    assert.equal(got.status, 200, got.raw);
    assert.equal(anthropicClient.saidBy(got.body), "served");
    return got.headers.get("x-wheelhouse-cache");
  }

  /** Resolves when answers come out of Redis that only `other` has asked for. */
  const untilShared = (gateway: LiveGateway, other: LiveGateway) => {
    let count = 0;
    return until(async () => {
      const words = `shared ${performance.now()} ${count++}`;
      await ask(other, words);
      return (await ask(gateway, words)) === "hit";
    });
  };

  it("is one for several gateways, without what was asked, and for its time", async () => {
    const { port, say } = await started();
    const [one, other] = [await open(`redis://127.0.0.1:${port}`), await open(`redis://127.0.0.1:${port}`)];
    await untilShared(one, other);
    const asked = vendor.heard.length;
    await ask(one, "the question");
    assert.equal(await ask(other, "the question"), "hit");
    assert.equal(vendor.heard.length, asked + 1);
    const names = (await say("keys", "*")).split("\n");
    assert.ok(
      names.every((it) => /^wheelhouse:response:1:[\w-]{43}$/.test(it)),
      names.join(),
    );
    for (const name of names) {
      const value = await say("get", name);
      assert.ok(!/question|shared|ann|sk-upstream|whk-/.test(value), value);
      const left = Number(await say("pttl", name));
      assert.ok(left > 3_500_000 && left <= 3_600_000, `${left}`);
    }
  });

  it("goes on in memory when Redis is killed, and with it when it is there again", async () => {
    const { port, kill, start } = await started();
    const [one, other] = [await open(`redis://127.0.0.1:${port}`), await open(`redis://127.0.0.1:${port}`)];
    await untilShared(one, other);
    await ask(one, "before");
    await kill();
    assert.deepEqual([await ask(one, "before"), await ask(one, "meanwhile")], ["hit", "miss"]);
    assert.equal(await ask(one, "meanwhile"), "hit");
    assert.equal(await ask(other, "meanwhile"), "miss");
    await until(() => one.told.some((it) => /is away .* in memory only until it is back/.test(it)));
    await start();
    await until(() => one.told.some((it) => /is there again/.test(it)));
    await untilShared(one, other);
    assert.equal(one.told.length, 2, one.told.join("\n"));
  });

  it("answers all the same when Redis is silent, and takes it again when it speaks", async () => {
    const { port, pause, resume } = await started();
    const [one, other] = [await open(`redis://127.0.0.1:${port}`), await open(`redis://127.0.0.1:${port}`)];
    await untilShared(one, other);
    pause();
    for (let it = 0; it < 10; it++) assert.equal(await ask(one, `silent ${it}`), "miss");
    for (let it = 0; it < 10; it++) assert.equal(await ask(one, `silent ${it}`), "hit");
    assert.match(one.told.join("\n"), /is away \(no answer within 250 ms\)/);
    resume();
    await untilShared(one, other);
    assert.match(one.told.join("\n"), /is there again/);
  });

  it("begins without Redis, and takes it when it comes", async () => {
    const it = await started();
    await it.kill();
    const [one, other] = [
      await open(`redis://127.0.0.1:${it.port}`),
      await open(`redis://127.0.0.1:${it.port}`),
    ];
    assert.deepEqual([await ask(one, "early"), await ask(one, "early")], ["miss", "hit"]);
    await it.start();
    await untilShared(one, other);
  });

  it("signs in with a user and a password of the environment, and says it when they are wrong", async () => {
    const user = ["--user", "gate", "on", ">the-pass-word", "~wheelhouse:*", "+@all"];
    const { port } = await started(...user, "--user", "default", "off");
    const address = `redis://127.0.0.1:${port}`;
    const setting = { address, user: "gate", password: "env:REDIS_PASSWORD" };
    const [one, other, wrong] = [
      await open(setting, { REDIS_PASSWORD: "the-pass-word" }),
      await open("env:REDIS", { REDIS: `redis://gate:the-pass-word@127.0.0.1:${port}` }),
      await open(setting, { REDIS_PASSWORD: "no-pass-word" }),
    ];
    await untilShared(one, other);
    await until(() => wrong.told.length > 0);
    assert.match(wrong.told.join("\n"), /is away \(WRONGPASS/);
    assert.ok(!wrong.told.join("\n").includes("no-pass-word"));
    assert.deepEqual([await ask(wrong, "x"), await ask(wrong, "x")], ["miss", "hit"]);
  });

  it("believes nothing in Redis that is no answer", async () => {
    const { port, say } = await started();
    const one = await open(`redis://127.0.0.1:${port}`);
    const other = await open(`redis://127.0.0.1:${port}`);
    await untilShared(one, other);
    await ask(one, "the question");
    for (const name of (await say("keys", "*")).split("\n")) await say("set", name, '{"version":1,"body":7}');
    assert.equal(await ask(other, "the question"), "miss");
    for (const name of (await say("keys", "*")).split("\n")) {
      await say("del", name);
      await say("lpush", name, "of another type");
    }
    assert.equal(await ask(await open(`redis://127.0.0.1:${port}`), "the question"), "miss");
  });

  it("speaks TLS with rediss://, and nothing with whom it cannot trust", async () => {
    const { port, say } = await started();
    const one = await open(`rediss://127.0.0.1:${port}`);
    await until(() => one.told.length > 0);
    assert.match(one.told.join("\n"), /is away/);
    assert.deepEqual([await ask(one, "x"), await ask(one, "x")], ["miss", "hit"]);
    assert.equal(await say("dbsize"), "0");
  });

  it("leaves a connection on which nothing comes any more for another", async () => {
    const { port } = await started();
    const through = await deafProxy(port);
    const [address, restMs] = [`redis://127.0.0.1:${through.port}`, 1];
    const told: boolean[] = [];
    const heard = (isThere: boolean) => void told.push(isThere);
    const cache = redisCache({ address, user: undefined, password: undefined, heard, restMs });
    const isKept = async () => {
      cache.put("key", "text", 60_000);
      return (await cache.get("key")) === "text";
    };
    await until(isKept);
    through.goDeaf();
    await until(async () => !(await isKept()));
    await until(isKept);
    assert.deepEqual([told, through.connections()], [[false, true], 2]);
    cache.close();
    through.close();
  });

  it("says what is missing", async () => {
    const one = await open({ address: "redis://127.0.0.1:1", password: "env:NOT_THERE" });
    assert.match(one.told.join("\n"), /in memory only: the variable NOT_THERE of the Redis is not set/);
    const other = await open("env:REDIS", { REDIS: "http://127.0.0.1" });
    assert.match(other.told.join("\n"), /must begin with redis:\/\/ or rediss:\/\//);
    assert.deepEqual([await ask(other, "x"), await ask(other, "x")], ["miss", "hit"]);
  });

  it("can be closed at any time", async () => {
    const { port, kill } = await started();
    const place = { address: `redis://127.0.0.1:${port}`, user: undefined, password: undefined };
    for (const wait of [0, 1, 20, 200]) {
      const cache = redisCache({ ...place, heard: () => undefined });
      await new Promise((resolve) => setTimeout(resolve, wait));
      cache.put("a", "b", 1_000);
      cache.close();
      assert.equal(await cache.get("a"), undefined);
    }
    await kill();
    const cache = redisCache({ ...place, heard: () => undefined });
    await new Promise((resolve) => setTimeout(resolve, 300));
    cache.close();
    assert.equal(await cache.get("a"), undefined);
  });
});
