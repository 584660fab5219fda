-- Metamethods as 5.1 calls them.

-- check: __eq has to be the same for both operands
local function yes() return true end
local a, b, c, d = setmetatable({}, { __eq = yes }), setmetatable({}, { __eq = yes }),
  setmetatable({}, { __eq = function() return true end }), {}
print(a == b, a == c, a == d, d == a, a ~= b, a ~= c)
-- check: __lt has to be the same for both operands
local mt = { __lt = function() return true end }
local a, b, c = setmetatable({}, mt), setmetatable({}, mt), setmetatable({}, { __lt = function() return true end })
print(a < b, a > b, pcall(function() return a < c end))
print(pcall(function() return a < 1 end))
print(pcall(function() return 1 < a end))
print(pcall(function() return a < {} end))
-- check: __le falls back to __lt
local mt = { __lt = function(a, b) return a.n < b.n end }
local function n(i) return setmetatable({ n = i }, mt) end
print(n(1) <= n(2), n(2) <= n(2), n(3) <= n(2), n(1) >= n(2))
-- check: __le is preferred
local mt = { __lt = function() return "lt" end, __le = function() return nil end }
local a, b = setmetatable({}, mt), setmetatable({}, mt)
print(a <= b, a < b, a >= b)
-- check: tables have no __len
print(#setmetatable({ 1, 2 }, { __len = function() return 10 end }))
-- check: __len of userdata
local u = newproxy(true)
getmetatable(u).__len = function(x, y) return x == u and y == nil and 7 end
print(#u)
-- check: no __pairs and no __ipairs
local t = setmetatable({ 1 }, { __pairs = error, __ipairs = error })
for k, v in pairs(t) do print(k, v) end
for k, v in ipairs(t) do print(k, v) end
-- check: __call has to be a function
local inner = setmetatable({}, { __call = function() return "inner" end })
print(pcall(setmetatable({}, { __call = inner })))
print(setmetatable({}, { __call = function(self, ...) return ... end })(1, 2))
-- check: loops of __index and __newindex
local t = setmetatable({}, {})
getmetatable(t).__index = t
getmetatable(t).__newindex = t
print(pcall(function() return t.x end))
print(pcall(function() t.x = 1 end))
-- check: __index of strings
print(("abc").len == string.len, ("abc"):upper(), pcall(function() return ("abc").x.y end))
-- check: __concat
local mt = { __concat = function(a, b) return (type(a) == "table" and "T" or a) .. "+" .. (type(b) == "table" and "T" or b) end }
local t = setmetatable({}, mt)
print(t .. "x", "x" .. t, 1 .. t, t .. t, "a" .. "b" .. t)
-- check: __unm and arithmetic
local mt = {}
for _, name in ipairs { "add", "sub", "mul", "div", "mod", "pow" } do
  mt["__" .. name] = function(a, b) return name, type(a), type(b) end
end
mt.__unm = function(a, b) return rawequal(a, b) end
local t = setmetatable({}, mt)
print(t + 1, 1 - t, t * t, t / "x", "y" % t, t ^ 2, -t)
-- check: __tostring may return anything
print(pcall(tostring, setmetatable({}, { __tostring = function() return 5 end })))
print(pcall(print, setmetatable({}, { __tostring = function() return {} end })))
-- check: __gc of userdata, added after the metatable was set
local log = {}
for i = 1, 3 do
  getmetatable(newproxy(true)).__gc = function() log[#log + 1] = i end
end
collectgarbage()
print(table.concat(log, " "))
-- check: tables have no __gc
setmetatable({}, { __gc = function() print("never") end })
collectgarbage()
print("collected")
-- check: a finalizer runs once
local saved
do
  local u = newproxy(true)
  getmetatable(u).__gc = function(x) print("finalized"); saved = x end
end
collectgarbage()
print(type(saved))
saved = nil
collectgarbage()
print(saved)
-- check: finalizers at the end of the program
for i = 1, 3 do
  getmetatable(newproxy(true)).__gc = function() print("end", i) end
end
-- check: weak keys are no ephemerons
local t = setmetatable({}, { __mode = "k" })
do
  local k = {}
  t[k] = { k }
  t[{}] = 1
end
collectgarbage()
local n = 0
for _ in pairs(t) do n = n + 1 end
print(n)
-- check: weak values and userdata that are finalized
local t = setmetatable({}, { __mode = "v" })
local keys = setmetatable({}, { __mode = "k" })
do
  local u = newproxy(true)
  getmetatable(u).__gc = function(x) print("weak value", t[1], "weak key", keys[x]) end
  t[1], keys[u] = u, "still there"
end
collectgarbage()
collectgarbage()
print(t[1], next(keys))
-- check: newproxy
local a = newproxy(true)
local b = newproxy(a)
print(getmetatable(a) == getmetatable(b), getmetatable(newproxy()), getmetatable(newproxy(false)))
print(pcall(newproxy, {}))
print(pcall(newproxy, io.stdout))
