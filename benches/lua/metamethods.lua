-- Arithmetic, comparison, call and index metamethods on small objects.
local V = {}
V.__index = function(_, k) return k == "sum" and 1 or nil end
V.__add = function(a, b) return setmetatable({ x = a.x + b.x, y = a.y + b.y }, V) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y end
V.__lt = function(a, b) return a.x < b.x end
V.__call = function(self, n) return self.x * n end
V.__len = function() return 2 end
V.__newindex = function(t, k, v) rawset(t, k, v) end
local total, one = 0, setmetatable({ x = 1, y = 1 }, V)
local v = setmetatable({ x = 0, y = 0 }, V)
for i = 1, 1000000 do
  v = v + one
  if v == one or one < v then total = total + v(2) + #v + v.sum end
end
print(total)
