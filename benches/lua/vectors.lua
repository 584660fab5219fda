-- Vectors and complex numbers with operators by metatables.
local V = {}
V.__index = V
local function new(x, y, z) return setmetatable({ x = x, y = y, z = z }, V) end
V.__add = function(a, b) return new(a.x + b.x, a.y + b.y, a.z + b.z) end
V.__sub = function(a, b) return new(a.x - b.x, a.y - b.y, a.z - b.z) end
V.__mul = function(a, k) return new(a.x * k, a.y * k, a.z * k) end
V.__unm = function(a) return new(-a.x, -a.y, -a.z) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y and a.z == b.z end
V.__lt = function(a, b) return a:norm() < b:norm() end
V.__call = function(a, k) return a.x * k end
V.__tostring = function(a) return string.format("(%.3f, %.3f, %.3f)", a.x, a.y, a.z) end
function V:norm() return self.x * self.x + self.y * self.y + self.z * self.z end
local p, v, g = new(0, 0, 0), new(1, 2, 3), new(0, -0.001, 0)
local turns, same = 0, 0
for i = 1, 400000 do
  v = v + g * 0.5
  p = p + v * 0.01
  if new(50, 50, 50) < p then
    v = -v
    turns = turns + 1
  end
  if p == v then same = same + 1 end
  turns = turns + p(0)
end
print(tostring(p), turns, same)
