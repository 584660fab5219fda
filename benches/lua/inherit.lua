-- A chain of __index tables and calls of overridden methods.
local function class(parent)
  local c = {}
  c.__index = c
  return setmetatable(c, parent)
end
local Shape = class()
function Shape:area() return 0 end
function Shape:name() return "shape" end
function Shape:describe() return #self:name() + self:area() end
local Polygon = class(Shape)
function Polygon:sides() return self.n end
local Square = class(Polygon)
function Square:area() return self.size * self.size end
local shapes = {}
for i = 1, 100 do shapes[i] = setmetatable({ n = 4, size = i }, i % 2 == 0 and Square or Polygon) end
local total = 0
for _ = 1, 15000 do
  for i = 1, #shapes do
    local s = shapes[i]
    total = total + s:describe() + s:sides()
  end
end
print(total)
