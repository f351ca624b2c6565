// generic-pool beside `resource_pool.pool`. The resource of who fails is destroyed. Who waits no more leaves the promise, as one does by `Promise.race`.

const { createPool } = require("generic-pool");
const { serve } = require("pooling");

function genericPool(capacity) {
  const pool = createPool({ create: async () => ({}), destroy: async () => {} }, { max: capacity });
  pool.fail = pool.destroy;
  return pool;
}

genericPool.control = ["cancel", "triggers"];
serve(genericPool);
