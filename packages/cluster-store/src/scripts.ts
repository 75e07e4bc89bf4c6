import { createHash } from 'node:crypto';

/** A Lua script, which the store runs as one step. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

/*
 * All times in the store are milliseconds of the server's clock, so the clocks of the gateways do not matter.
 *
 * The epoch says how long the store has known the permits without a gap. A store that is new, was emptied, or was
 * stopped for so long that leases may have expired starts another epoch. Until it has settled, all gateways have had
 * time to report the permits that they hold; meanwhile none may take more than its share.
 */
const PRELUDE = `
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function enterEpoch(key, now, gapMs, settleMs)
  local epoch = redis.call('HMGET', key, 'id', 'seen', 'settled')
  if not epoch[1] or now - tonumber(epoch[2]) > gapMs then
    epoch = { now, now, now + settleMs }
  end
  redis.call('HSET', key, 'id', epoch[1], 'seen', now, 'settled', epoch[3])
  redis.call('PEXPIRE', key, 86400000)
  return tonumber(epoch[1]), now < tonumber(epoch[3])
end
`;

/**
 * Renews the membership of a gateway. Keys: members, epoch. Arguments: gateway, leaseMs, gapMs, settleMs.
 * Returns the epoch, whether it is settling, and the ids of all members.
 */
export const BEAT = script(`
local now = clock()
local epoch, settling = enterEpoch(KEYS[2], now, tonumber(ARGV[3]), tonumber(ARGV[4]))
redis.call('HSET', KEYS[1], ARGV[1], now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local reply = { epoch, settling and 1 or 0 }
local members = redis.call('HGETALL', KEYS[1])
for i = 1, #members, 2 do
  if tonumber(members[i + 1]) > now then
    reply[#reply + 1] = members[i]
  else
    redis.call('HDEL', KEYS[1], members[i])
  end
end
return reply
`);

/** Ends the membership of a gateway. Keys: members. Arguments: gateway. */
export const LEAVE = script(`return redis.call('HDEL', KEYS[1], ARGV[1])`);

/**
 * Reports how many permits of an endpoint a gateway holds and wants, and grants what is free. The number held is
 * absolute, so a call whose reply was lost is corrected by the next one; a call that arrives late is ignored because of
 * its number. Keys: permits, epoch. Arguments: gateway, number, held, wanted, cap, share, leaseMs, gapMs, settleMs,
 * channel, endpoint. Returns the number of granted permits.
 *
 * A gateway below its share gets what is free. Beyond its share it leaves alone what is reserved for others that wait
 * and are below theirs.
 */
export const SYNC_PERMITS = script(`
local now = clock()
local _, settling = enterEpoch(KEYS[2], now, tonumber(ARGV[8]), tonumber(ARGV[9]))
local number, held, wanted = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local cap, share = tonumber(ARGV[5]), tonumber(ARGV[6])
local others, waiting, reserved, before = 0, 0, 0, 0
local leases = redis.call('HGETALL', KEYS[1])
for i = 1, #leases, 2 do
  local fields = {}
  for field in string.gmatch(leases[i + 1], '%d+') do fields[#fields + 1] = tonumber(field) end
  local otherNumber, otherHeld, otherWanted, otherShare, expires = unpack(fields)
  if leases[i] == ARGV[1] then
    if number <= otherNumber then return 0 end
    before = otherHeld
  elseif expires <= now then
    redis.call('HDEL', KEYS[1], leases[i])
  else
    others = others + otherHeld
    waiting = waiting + otherWanted
    reserved = reserved + math.max(0, math.min(otherWanted, otherShare - otherHeld))
  end
end
local free = math.max(0, cap - others - held)
local granted = math.min(wanted, free, math.max(0, share - held))
if not settling then
  granted = granted + math.min(wanted - granted, math.max(0, free - granted - reserved))
end
if held + wanted == 0 then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  local lease = { number, held + granted, wanted - granted, share, now + ARGV[7] }
  redis.call('HSET', KEYS[1], ARGV[1], table.concat(lease, ' '))
  redis.call('PEXPIRE', KEYS[1], ARGV[7])
end
if held < before and waiting > 0 and free > granted then
  redis.call('PUBLISH', ARGV[10], ARGV[11])
end
return granted
`);

/**
 * Changes a circuit and tells the other gateways. Keys: circuits. Arguments: circuit, gateway, channel, whether it
 * claims the probe (`1`), and then nothing for a closed circuit, or: failures, code, and milliseconds since it opened,
 * until its retry, and until the end of its probe (0 without one). Returns `{ 1 }`, or `{ 0, now, circuit }` if another
 * gateway probes.
 */
export const CHANGE_CIRCUIT = script(`
local now = clock()
local known = redis.call('HGET', KEYS[1], ARGV[1])
if ARGV[4] == '1' and known then
  local by, probeUntil = string.match(known, '^(%S+) %S+ %S+ %S+ %S+ (%d+)$')
  if by ~= ARGV[2] and tonumber(probeUntil) > now then return { 0, now, known } end
end
local circuit = ARGV[2]
if ARGV[5] then
  local probeMs = tonumber(ARGV[9])
  local times = { now - ARGV[7], now + ARGV[8], probeMs > 0 and now + probeMs or 0 }
  circuit = table.concat({ ARGV[2], ARGV[5], ARGV[6], times[1], times[2], times[3] }, ' ')
  redis.call('HSET', KEYS[1], ARGV[1], circuit)
  redis.call('PEXPIRE', KEYS[1], 86400000)
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
redis.call('PUBLISH', ARGV[3], table.concat({ ARGV[1], now, circuit }, ' '))
return { 1 }
`);

/** Reads all circuits, and drops those that had no failure for an hour. Keys: circuits. Returns the time, then pairs. */
export const READ_CIRCUITS = script(`
local now = clock()
local reply = { now }
local circuits = redis.call('HGETALL', KEYS[1])
for i = 1, #circuits, 2 do
  local retryAt = string.match(circuits[i + 1], '^%S+ %S+ %S+ %S+ (%d+) %d+$')
  if retryAt and tonumber(retryAt) + 3600000 > now then
    reply[#reply + 1] = circuits[i]
    reply[#reply + 1] = circuits[i + 1]
  else
    redis.call('HDEL', KEYS[1], circuits[i])
  end
end
return reply
`);

/**
 * Adds to a counter of the current window unless that would exceed its limit. Keys: counter. Arguments: amount,
 * windowMs, limit (-1 for none). Returns whether it was added (1), the count, and the milliseconds until the next window.
 */
export const ADD_TO_COUNTER = script(`
local now = clock()
local amount, windowMs, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local window = math.floor(now / windowMs)
local known = redis.call('HMGET', KEYS[1], 'window', 'count')
local count = tonumber(known[1]) == window and tonumber(known[2]) or 0
local resetsInMs = (window + 1) * windowMs - now
if limit >= 0 and count + amount > limit then return { 0, count, resetsInMs } end
redis.call('HSET', KEYS[1], 'window', window, 'count', count + amount)
redis.call('PEXPIRE', KEYS[1], windowMs)
return { 1, count + amount, resetsInMs }
`);

function script(body: string): Script {
  const lua = `${PRELUDE}${body}`;
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}
