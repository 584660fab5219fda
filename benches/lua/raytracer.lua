-- Spheres and a plane with shadows and reflections: vectors as small tables.
local sqrt, floor = math.sqrt, math.floor
local function vec(x, y, z) return { x = x, y = y, z = z } end
local function add(a, b) return vec(a.x + b.x, a.y + b.y, a.z + b.z) end
local function sub(a, b) return vec(a.x - b.x, a.y - b.y, a.z - b.z) end
local function mul(a, k) return vec(a.x * k, a.y * k, a.z * k) end
local function dot(a, b) return a.x * b.x + a.y * b.y + a.z * b.z end
local function unit(a) return mul(a, 1 / sqrt(dot(a, a))) end
local Sphere = {}
Sphere.__index = Sphere
function Sphere:hit(from, dir)
  local oc = sub(from, self.center)
  local b = dot(oc, dir)
  local d = b * b - dot(oc, oc) + self.r * self.r
  if d < 0 then return nil end
  local t = -b - sqrt(d)
  if t > 1e-4 then return t end
  t = -b + sqrt(d)
  return t > 1e-4 and t or nil
end
function Sphere:normal(p) return unit(sub(p, self.center)) end
function Sphere:shade() return self.colour end
local Plane = {}
Plane.__index = Plane
function Plane:hit(from, dir)
  if dir.y >= 0 then return nil end
  local t = (self.y - from.y) / dir.y
  return t > 1e-4 and t or nil
end
local up = vec(0, 1, 0)
function Plane:normal() return up end
function Plane:shade(p) return (floor(p.x) + floor(p.z)) % 2 == 0 and 0.9 or 0.3 end
local scene = { setmetatable({ y = -1, mirror = 0.1 }, Plane) }
for i = 0, 5 do
  scene[#scene + 1] = setmetatable(
    { center = vec(i - 2.5, (i % 3) * 0.6 - 0.4, 5 + i % 2), r = 0.55, colour = 0.4 + i / 10, mirror = 0.3 }, Sphere)
end
local light = unit(vec(1, 2, -1))
local function nearest(from, dir)
  local best, object
  for i = 1, #scene do
    local t = scene[i]:hit(from, dir)
    if t and (not best or t < best) then best, object = t, scene[i] end
  end
  return best, object
end
local function trace(from, dir, depth)
  local t, object = nearest(from, dir)
  if not t then return 0.2 + 0.3 * dir.y end
  local p = add(from, mul(dir, t))
  local n = object:normal(p)
  local bright = dot(n, light)
  if bright < 0 or nearest(p, light) then bright = 0 end
  local c = object:shade(p) * (0.2 + 0.8 * bright)
  if depth > 0 then
    c = c * (1 - object.mirror) + object.mirror * trace(p, sub(dir, mul(n, 2 * dot(dir, n))), depth - 1)
  end
  return c
end
local w, h, sum = 300, 240, 0
local eye = vec(0, 0, 0)
for y = 0, h - 1 do
  for x = 0, w - 1 do
    sum = sum + trace(eye, unit(vec((x - w / 2) / h, (h / 2 - y) / h, 1)), 2)
  end
end
print(string.format("%.6f", sum))
