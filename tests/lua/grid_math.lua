-- The math functions over a grid of arguments.
local unpack = table.unpack or unpack
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local kind = math.type or function(v) return type(v) == "number" and "number" or nil end
local maxinteger, mininteger = math.maxinteger or 2^53, math.mininteger or -2^53
local function show(v) return type(v) == "string" and string.format("%q", v) or kind(v) == "float" and string.format("%a %.17g", v, v) or tostring(v) end
local function try(name, f, ...)
  local r = pack(pcall(f, ...))
  for i = 1, r.n do r[i] = show(r[i]) end
  print(name, table.concat(r, " "))
end
local values = {0, 1, -1, 2, 3, 7, -7, 10, 100, maxinteger, mininteger, 0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.7, -3.7, 1e15, 4503599627370495.5, 4503599627370496.5, 2^52, 2^53, -2^53, 2^62,
  2^63, -2^63, 2^64, 1e100, -1e100, 1e308, 5e-324, 1/0, -1/0, math.pi, 0.1, "10", "0x10", "3.7", "abc", "", " 5 ", true}
local names = {}
for name, v in pairs(math) do
  -- Two names of one function appear in messages as it happens.
  if type(v) == "function" and not name:find "^random" and not name:find "^atan" then names[#names + 1] = name end
end
table.sort(names)

-- check: one argument
for _, name in ipairs(names) do
  try(name, math[name]) try(name, math[name], nil) try(name, math[name], print == nil)
  for _, v in ipairs(values) do try(name, math[name], v) end
end
-- check: two arguments
for _, name in ipairs(names) do
  for _, v in ipairs(values) do for _, w in ipairs(values) do try(name, math[name], v, w) end end
end
-- check: atan
for _, v in ipairs(values) do
  if tonumber(v) then for _, w in ipairs(values) do if tonumber(w) then try("atan", math.atan, v, w) try("atan2", math.atan2, v, w) end end end
end
-- check: extremes
try("max", math.max, 1, 2.0, 3, "4") try("max", math.max, 1, 1.0) try("max", math.max, 1.0, 1) try("min", math.min, 1, 1.0) try("min", math.min, 3, 2, 1, 1.0)
try("max", math.max, "10", "9") try("max", math.max, "a") try("max", math.max, {}, 1) try("max", math.max, 1, {})
print(math.pi, math.huge, maxinteger, mininteger, -math.huge, math.min(1, 0/0) == 1, math.max(0/0, 1) ~= math.max(0/0, 1))
-- check: random sequences
-- versions: 5.4+
for _, seed in ipairs {{42}, {0}, {-1}, {1, 2}, {maxinteger, mininteger}, {3.0}} do
  print(math.randomseed(unpack(seed)))
  for _ = 1, 5 do
    print(math.random(), math.random(0), math.random(10), math.random(5, 7), math.random(mininteger, maxinteger), math.random(-10, 1 << 40), math.random(3), math.random(1 << 62))
  end
end
-- check: random arguments
-- versions: 5.4+
math.randomseed(7)
for _, a in ipairs {{0}, {2, 1}, {-1}, {1, 2, 3}, {1.5}, {"3"}, {{}}, {3.0}, {1, maxinteger}, {mininteger, 0}, {5, 5}} do try("random", math.random, unpack(a)) end
for _, a in ipairs {{1.5}, {"x"}, {"12"}, {1, "x"}, {{}}} do try("randomseed", math.randomseed, unpack(a)) end
print(math.random(100), select("#", math.randomseed()))
