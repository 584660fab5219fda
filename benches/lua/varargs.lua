-- Variable arguments: select, packing, passing on.
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
  total = total + #table.pack(table.unpack({ i, 2, 3 }))
end
print(total)
