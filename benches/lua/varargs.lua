-- Variable arguments: select, packing, passing on.
local pack, unpack = table.pack or function(...) return { n = select("#", ...), ... } end, table.unpack or unpack
local function sum(...)
  local s = 0
  for i = 1, select("#", ...) do s = s + (select(i, ...)) end
  return s
end
local function pass(...) return sum(...) end
local function count(...) local t = { ... } return #t, ... end
local total = 0
for i = 1, 700000 do
  total = total + pass(i, 2, 3, 4) + count(i, i, i)
  total = total + #pack(unpack({ i, 2, 3 }))
end
print(total)
