-- table.sort with comparators written in Lua.
local seed = 42
local function random() seed = seed * 16807 % 2147483647 return seed end
local sum = 0
for r = 1, 4 do
  local t = {}
  for i = 1, 50000 do t[i] = { key = random() % 1000, id = i } end
  table.sort(t, function(a, b) if a.key ~= b.key then return a.key < b.key end return a.id < b.id end)
  sum = sum + t[77].id
  local u = {}
  for i = 1, 50000 do u[i] = random() end
  table.sort(u, function(a, b) return a > b end)
  sum = sum + u[77]
end
print(sum)
