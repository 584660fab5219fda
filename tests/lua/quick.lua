-- Library functions that are called without a call record in the common case: all ways to call them, results and errors.
local function ways(f, ...)
  f(...)
  local a = f(...)
  local b, c = f(...)
  local d, e, g, h, i = f(...)
  print(a, b, c, d, e, g, h, i)
  print(f(...))
  print((f(...)))
  local all = { f(...) }
  print(#all, all[1])
  return f(...)
end
-- The same with one argument, as a call whose arguments are counted, and as a tail call.
local function fixed(f, x)
  f(x)
  local a = f(x)
  local b, c = f(x)
  local d, e, g, h, i = f(x)
  print(a, b, c, d, e, g, h, i)
  print(f(x))
  print(#{ f(x) })
  return f(x)
end
local function count(...) return select("#", ...) end
local function try(f, ...)
  print(pcall(f, ...))
end
local function all(f, ...)
  try(ways, f, ...)
  try(fixed, f, (...))
end

-- check: math
for _, f in ipairs { math.floor, math.ceil, math.abs, math.sqrt, math.max, math.min } do
  for _, x in ipairs { 3, -3, 2.5, -2.5, 0.0, 1e15, -1e300, 1 / 0, "7", "x" } do all(f, x) end
  try(f)
  try(f, nil)
end
try(math.floor, 0 / 0)
all(math.max, 1, 2.5, 3)
all(math.max, 1, 3, 2)
all(math.min, 3, 1, 2)
all(math.max, 0 / 0, 1)
all(math.max, 1, 0 / 0)
all(math.max, 1, "2")
try(math.max, 1, {})
-- check: math.random
print(pcall(math.random, 2, 1), pcall(math.random, 0, -1), pcall(math.random, 1, 2, 3), pcall(math.random, "x"))
for _ = 1, 100 do
  local a, b, c = math.random(), math.random(5), math.random(-2, 2)
  assert(a >= 0 and a < 1 and b >= 1 and b <= 5 and c >= -2 and c <= 2)
end
-- check: type, assert, select
all(type, nil)
all(type, "x")
try(type)
all(assert, 1, 2, 3)
all(assert, false, "message")
all(assert, nil)
try(assert)
all(select, "#")
all(select, "#", 1, nil, nil)
all(select, 1, "a", "b", "c")
all(select, 2, "a", "b", "c")
all(select, 4, "a", "b", "c")
all(select, -1, "a", "b", "c")
all(select, -4, "a", "b", "c")
all(select, 0)
all(select, "2", "a", "b", "c")
all(select, 1.5)
-- check: raw access
local t = setmetatable({ 1, 2, a = 3 }, { __index = function() return "meta" end, __len = function() return 9 end })
try(ways, rawget, t, "a")
try(ways, rawget, t, "b")
try(ways, rawget, t, nil)
try(rawget, t)
try(rawget, 1, 2)
print(rawequal(t, t), rawequal(t, {}), rawequal({}, nil))
all(rawequal, 1, 1.0)
try(rawequal, 1)
-- check: metatables
local protected = setmetatable({}, { __metatable = "locked" })
all(getmetatable, protected)
print(getmetatable({}), getmetatable("").__index == string, getmetatable(1))
try(getmetatable)
try(setmetatable, protected, {})
try(setmetatable, {}, 1)
try(setmetatable, {})
try(setmetatable, 1, {})
local plain = {}
print(setmetatable(plain, nil) == plain, setmetatable(plain, {}) == plain, setmetatable(plain, nil) == plain)
local collected = 0
do
  for _ = 1, 5 do setmetatable({}, { __gc = function() collected = collected + 1 end }) end
  collectgarbage()
  collectgarbage()
end
print(collected)
-- check: traversal
print(count(pairs {}), count(ipairs {}), count(next {}), count(next { 1 }), count((pairs {})))
local a, b, c, d, e, f = pairs {}
print(a == next, type(b), c, d, e, f)
local a, b, c, d, e, f = ipairs {}
print(type(a), type(b), c, d, e, f)
local a, b, c, d = next({ "x" })
print(a, b, c, d)
local a, b, c, d = next({ "x" }, 1)
print(a, b, c, d)
try(next, {}, "missing")
try(next)
try(pairs)
try(ipairs)
local keys = {}
local k, v = next({ x = 1 })
print(k, v, (next({ x = 1 })), next({ x = 1 }, "x"))
-- check: strings
for _, s in ipairs { "", "a", "hello", ("long "):rep(20) } do
  all(string.len, s)
  all(string.byte, s)
  all(string.upper, s)
  all(string.lower, s)
  for _, i in ipairs { 0, 1, 2, -1, -2, 100, -100, math.huge, 1.5, "2", "x" } do
    all(string.byte, s, i)
    all(string.sub, s, i)
    try(string.sub, s, 2, i)
    try(string.sub, s, -3, i)
    try(string.byte, s, 1, i)
  end
  all(string.byte, s, nil)
  try(string.sub, s, 1, nil)
  try(string.sub, s)
end
all(string.len, 12)
all(string.sub, 12345, 2, 3)
all(string.byte, 7)
all(string.char)
all(string.char, 104, 105)
all(string.char, 104.0)
all(string.char, "104")
all(string.char, 256)
all(string.char, -1)
all(string.char, 1.5)
try(string.len)
try(string.upper)
-- check: numbers and text
for _, x in ipairs { 1, -1, 1.5, 1e100, "10", "0x10", "", "abc", " 5 ", true } do
  all(tonumber, x)
  all(tostring, x)
end
all(tonumber, "ff", 16)
all(tonumber, "10", nil)
try(tonumber)
try(tostring)
all(tostring, setmetatable({}, { __tostring = function() return "shown" end }))
try(tostring, setmetatable({}, { __tostring = function() return 1 end }))
-- check: list ends
local list = {}
for i = 1, 20 do table.insert(list, i) end
print(#list, table.remove(list), table.remove(list), #list)
local nothing = table.insert(list, "x")
print(nothing, #list, list[#list], count(table.insert(list, 1)))
while #list > 0 do table.remove(list) end
print(count(table.remove(list)), table.remove(list), #list, next(list))
try(table.insert, list)
try(table.insert, nil, 1)
try(table.insert, list, 1, 2, 3)
try(table.remove)
local observed = setmetatable({}, { __newindex = function(t, k, v) print("set", k, v) rawset(t, k, v) end })
table.insert(observed, "v")
print(#observed)
-- check: positions in messages
local function f(x) return math.floor(x) end
local function g(x) local y = math.floor(x) return y end
local function h(s) return s:byte({}) end
local function i(s) local c = s:sub() return c end
for _, f in ipairs { f, g, h, i } do
  print(select(2, pcall(f, "x")))
  print((select(2, xpcall(f, debug.traceback, "x")):gsub("\n[^\n]*%[C%]: in function 'xpcall'.*", "")))
end
-- check: hooks see the calls
local seen = {}
debug.sethook(function(event)
  local info = debug.getinfo(2, "nS")
  seen[#seen + 1] = event .. " " .. tostring(info.name) .. " " .. info.what
end, "cr")
local x = math.floor(1.5)
local y = ("x"):byte()
local z = type(y)
debug.sethook()
print(table.concat(seen, "\n"))
-- check: many calls use no native stack
local n, list = 0, {}
for i = 1, 200000 do
  n = n + math.floor(i / 3) + math.max(i, 2) + ("abc"):byte(2) + #tostring(i) + #("abcdef"):sub(2, 4) + tonumber("1")
  n = n + select("#", i, i) + #string.char(65, 66) + (next({ i }) or 0)
  for _ in pairs(list) do n = n + 1 end
  for _ in ipairs(list) do n = n + 1 end
  setmetatable(list, nil)
  assert(rawequal(i, i) and rawget(list, 1) == nil and getmetatable(list) == nil and type(i) == "number")
end
print(n)
-- check: strings made without memory for more
local parts = {}
for i = 1, 3000 do parts[i] = ("x" .. i):sub(1, 4) .. string.char(i % 256) .. tostring(i / 2) end
collectgarbage()
print(#table.concat(parts), parts[3000], parts[1]:upper())
