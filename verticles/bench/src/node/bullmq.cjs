// Adds no-op jobs to a BullMQ queue and works them off, in one process; prints what it came to.
// usage: node bullmq.cjs PORT JOBS AT_ONCE WARM_UP, with bullmq and ioredis where node finds them from
// the directory it was started in
const from = (name) => require(require.resolve(name, { paths: [process.cwd()] }));
const { Queue, Worker } = from('bullmq');
const { Redis } = from('ioredis');

const [port, jobs, atOnce, warmUp] = process.argv.slice(2).map(Number);
const connection = { host: '127.0.0.1', port };

async function redisMillis(redis) {
  const info = await redis.info('cpu');
  const seconds = (name) => Number(new RegExp(`^${name}:(.*)`, 'm').exec(info)[1]);
  return 1000 * (seconds('used_cpu_user') + seconds('used_cpu_sys'));
}

// jobs one after the other, so many at once, each from its request to its end
async function pump(queue, waiting, total) {
  let begun = 0;
  const one = async () => {
    while (begun < total) {
      const id = `job-${process.hrtime.bigint()}-${begun++}`;
      const ended = new Promise((resolve) => waiting.set(id, resolve));
      await queue.add('noop', { scenario: 'bench-noop' }, { jobId: id, removeOnComplete: true });
      await ended;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function main() {
  const waiting = new Map();
  const redis = new Redis(connection);
  const queue = new Queue('cta-bench', { connection });
  const worker = new Worker('cta-bench', async () => 'ok', { connection, concurrency: atOnce });
  worker.on('completed', (job) => {
    waiting.get(job.id)();
    waiting.delete(job.id);
  });
  await pump(queue, waiting, warmUp);
  const before = await redisMillis(redis);
  const cpu = process.cpuUsage();
  const begin = process.hrtime.bigint();
  await pump(queue, waiting, jobs);
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const used = process.cpuUsage(cpu);
  const millis = (used.user + used.system) / 1000 + (await redisMillis(redis)) - before;
  await worker.close();
  await queue.close();
  redis.disconnect();
  console.log(JSON.stringify({ perSecond: jobs / seconds, processorMillis: millis / jobs }));
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
