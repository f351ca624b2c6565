// tarn's pool beside `resource_pool.pool`. The resource of who fails is found invalid when it is next to be lent.

const { Pool } = require("tarn");
const { serve } = require("pooling");

function tarn(capacity) {
  const pool = new Pool({ create: () => ({ valid: true }), validate: (each) => each.valid, destroy() {}, min: 0, max: capacity });
  pool.fail = (resource) => {
    resource.valid = false;
    pool.release(resource);
  };
  return pool;
}

tarn.control = ["cancel", "triggers"];
serve(tarn);
