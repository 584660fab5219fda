-- Caches with weak keys and values while there is garbage.
local cache = setmetatable({}, { __mode = "v" })
local made = 0
local function get(n)
  local v = cache[n]
  if not v then
    made = made + 1
    v = { n = n, text = "value " .. n }
    cache[n] = v
  end
  return v
end
local held, sum = {}, 0
for i = 1, 600000 do
  local v = get(i * 7 % 5000)
  held[i % 1000 + 1] = v
  sum = sum + v.n
end
local names = setmetatable({}, { __mode = "k" })
local objects = {}
for i = 1, 300000 do
  local o = { i }
  names[o] = { "name" .. i % 100 }
  objects[i % 2000 + 1] = o
  sum = sum + #names[o][1]
end
print(sum, made >= 5000)
