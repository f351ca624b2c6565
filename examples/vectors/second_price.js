// A second-price auction, as a user of the vectors might have it. Amounts are whole, or texts such as "1/3".
//   concordant vectors vickrey_auction --out vectors/vickrey
//   node examples/vectors/runner.js vectors/vickrey/profiles.ndjson examples/vectors/second_price.js
"use strict";

function outcome({ bids, reserve, direction }) {
  const names = bids.map(({ bidder }) => bidder);
  const made = bids.filter(({ amount }) => amount !== null); // null declines
  const isFlawed = !bids.length || new Set(names).size < names.length || [reserve, ...made.map(({ amount }) => amount)].some(isNegative);
  if (isFlawed) return { type: "Rejected", reason: "the profile is malformed" };
  const better = direction === "forward" ? (one, other) => compare(other, one) : compare;
  const offers = made.filter(({ amount }) => better(amount, reserve) <= 0).sort((one, other) => better(one.amount, other.amount));
  if (!offers.length) return { type: "NoSale" };
  const tied = offers.filter(({ amount }) => compare(amount, offers[0].amount) === 0).map(({ bidder }) => bidder).sort();
  const price = offers.length > 1 ? offers[1].amount : reserve;
  return { type: "Sale", winner: tied[0], price, tied };
}

function compare(one, other) {
  const [[a, b], [c, d]] = [one, other].map(parts);
  return a * d < c * b ? -1 : a * d > c * b ? 1 : 0;
}

function isNegative(amount) {
  return parts(amount)[0] < 0n;
}

function parts(amount) {
  const [above, below] = String(amount).split("/");
  return [BigInt(above), BigInt(below ?? 1)];
}

module.exports = { outcome };
