-- SHA-256 with bit operators where there are some, with a library of functions or arithmetic where not.
local compile = loadstring or load
local operators = compile [[
  return function(x, n) x = x & 0xffffffff return (x >> n | x << 32 - n) & 0xffffffff end,
    function(a, b) return a ~ b end, function(a, b) return a & b end, function(x, n) return (x & 0xffffffff) >> n end]]
local rotate, xor, band, shift
if operators then
  rotate, xor, band, shift = operators()
elseif bit32 then
  rotate, xor, band, shift = bit32.rrotate, bit32.bxor, bit32.band, bit32.rshift
else
  local floor = math.floor
  local tables = { xor = {}, band = {} }
  for a = 0, 255 do
    for b = 0, 255 do
      local x, n, p, u, v = 0, 0, 1, a, b
      for _ = 1, 8 do
        local i, j = u % 2, v % 2
        if i ~= j then x = x + p elseif i == 1 then n = n + p end
        u, v, p = (u - i) / 2, (v - j) / 2, p * 2
      end
      tables.xor[a * 256 + b], tables.band[a * 256 + b] = x, n
    end
  end
  local function bytewise(t)
    return function(a, b)
      local a0, b0 = a % 256, b % 256
      local a1, b1 = (a - a0) / 256 % 256, (b - b0) / 256 % 256
      local a2, b2 = floor(a / 65536) % 256, floor(b / 65536) % 256
      return t[a0 * 256 + b0] + t[a1 * 256 + b1] * 256 + t[a2 * 256 + b2] * 65536
        + t[floor(a / 16777216) * 256 + floor(b / 16777216)] * 16777216
    end
  end
  xor, band = bytewise(tables.xor), bytewise(tables.band)
  function shift(x, n) return floor(x / 2 ^ n) end
  function rotate(x, n) local low = x % 2 ^ n return (x - low) / 2 ^ n + low * 2 ^ (32 - n) end
end

local k, h0, primes = {}, {}, {}
local n = 2
while #primes < 64 do
  local prime = true
  for _, p in ipairs(primes) do if n % p == 0 then prime = false break end end
  if prime then
    primes[#primes + 1] = n
    local root = n ^ (1 / 3)
    k[#primes] = math.floor((root - math.floor(root)) * 4294967296)
    if #primes <= 8 then
      root = n ^ 0.5
      h0[#primes] = math.floor((root - math.floor(root)) * 4294967296)
    end
  end
  n = n + 1
end
local function digest(s)
  local length = #s * 8
  s = s .. "\128" .. ("\0"):rep((55 - #s) % 64) .. "\0\0\0\0"
    .. string.char(math.floor(length / 16777216) % 256, math.floor(length / 65536) % 256, math.floor(length / 256) % 256, length % 256)
  local h, w = {}, {}
  for i = 1, 8 do h[i] = h0[i] end
  for at = 1, #s, 64 do
    for i = 1, 16 do
      local a, b, c, d = s:byte(at + i * 4 - 4, at + i * 4 - 1)
      w[i] = ((a * 256 + b) * 256 + c) * 256 + d
    end
    for i = 17, 64 do
      local x, y = w[i - 15], w[i - 2]
      local s0 = xor(xor(rotate(x, 7), rotate(x, 18)), shift(x, 3))
      local s1 = xor(xor(rotate(y, 17), rotate(y, 19)), shift(y, 10))
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) % 4294967296
    end
    local a, b, c, d, e, f, g, x = h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8]
    for i = 1, 64 do
      local s1 = xor(xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25))
      local t1 = x + s1 + xor(band(e, f), band(4294967295 - e, g)) + k[i] + w[i]
      local s0 = xor(xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22))
      local t2 = s0 + xor(xor(band(a, b), band(a, c)), band(b, c))
      x, g, f, e, d, c, b, a = g, f, e, (d + t1) % 4294967296, c, b, a, (t1 + t2) % 4294967296
    end
    local new = { a, b, c, d, e, f, g, x }
    for i = 1, 8 do h[i] = (h[i] + new[i]) % 4294967296 end
  end
  for i = 1, 8 do h[i] = string.format("%08x", h[i]) end
  return table.concat(h)
end
local s = "abc"
local blocks = compile "return 1 & 1" and 500 or 120
for _ = 1, blocks do s = digest(s:rep(20)) end
print(digest("abc"), s)
