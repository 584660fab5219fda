-- Metatables and every metamethod.
local load = _VERSION == "Lua 5.1" and loadstring or load
local unpack = unpack or table.unpack
local kind = math.type or type
local function try(f, ...) print(pcall(f, ...)) end
local function both(event, f) return setmetatable({ name = event }, { [event] = f }) end

-- check: arithmetic metamethods
-- versions: 5.3+
local mt = {}
for _, e in ipairs { "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat" } do
  mt["__" .. e] = function(a, b) return e .. "(" .. (type(a) == "table" and "T" or tostring(a)) .. "," .. (type(b) == "table" and "T" or tostring(b)) .. ")" end
end
local t = setmetatable({}, mt)
print(t + 1, 1 + t, t - 1, 2 - t, t * 2, 2 * t, t / 2, 2 / t, t % 2, 2 % t, t ^ 2, 2 ^ t, t // 2, 2 // t)
print(t & 1, 1 & t, t | 1, 1 | t, t ~ 1, 1 ~ t, t << 1, 1 << t, t >> 1, 1 >> t, t .. "x", "x" .. t, t .. 1, 1 .. t, t .. t)
print(t + 1.5, 1.5 + t, t + "s", nil == t, t + t, t & 2.5, t << -1, t >> 300, t + 1000, 1000 + t, t * -200, -200 * t)
-- check: unary metamethods
-- versions: 5.3+
local t = setmetatable({}, { __unm = function(a, b) return "unm" .. tostring(rawequal(a, b)) end, __bnot = function(a, b) return "bnot" .. tostring(rawequal(a, b)) end, __len = function(a, b) return "len" .. tostring(rawequal(a, b)) end })
print(-t, ~t, #t)
-- check: index chains
local base = { x = "base x" }
local mid = setmetatable({ y = "mid y" }, { __index = base })
local top = setmetatable({ z = "top z" }, { __index = mid })
print(top.x, top.y, top.z, top.w, rawget(top, "x"))
base.w = "late" print(top.w)
mid.x = "shadow" print(top.x)
-- check: index functions
local t = setmetatable({}, { __index = function(t, k) return k, "second" end })
print(t.foo, t[1], t[1.5], t[true], (select("#", t.x)))
local u = setmetatable({}, { __index = function(t, k) rawset(t, k, k .. "!"); return t[k] end })
print(u.a, rawget(u, "a"), u.a)
-- check: index on non-tables
debug.setmetatable(5, { __index = function(n, k) return n .. "." .. tostring(k) end, __call = function(n, x) return n * x end, __len = function(n) return n end })
print((5).x, (1.5).y, (3)(4), #7, (10)[1])
debug.setmetatable(5, nil)
debug.setmetatable(nil, { __index = function(_, k) return k end, __add = function() return "nil+" end })
print((nil).x, nil + 1, undefined.field)
debug.setmetatable(nil, nil)
debug.setmetatable(print, { __index = { name = "fn" }, __concat = function() return "cat" end })
print(print.name, print .. 1)
debug.setmetatable(print, nil)
debug.setmetatable(true, { __unm = function(b) return not b end, __tostring = function() return "bool" end })
print(-true, tostring(false))
debug.setmetatable(true, nil)
-- check: newindex
local log = {}
local t = setmetatable({}, { __newindex = function(t, k, v) log[#log + 1] = tostring(k) .. "=" .. tostring(v); rawset(t, k, v) end })
t.x = 1 t.x = 2 t[1] = "a" t[1] = "b" t.y = nil t.y = 3
print(table.concat(log, " "))
local target = {}
local p = setmetatable({}, { __newindex = target })
p.a = 1 p.b = 2 print(rawget(p, "a"), target.a, target.b)
local q = setmetatable({}, { __newindex = p }) q.c = 5 print(target.c, rawget(q, "c"), rawget(p, "c"))
-- check: newindex of existing and nil fields
local n = 0
local t = setmetatable({ x = 1 }, { __newindex = function() n = n + 1 end })
t.x = 2 t.x = nil t.x = 3 t.y = 1 t[1] = 1 t[1] = 1
print(n, t.x, t.y, t[1])
-- check: call
-- versions: 5.4+
local t = setmetatable({}, { __call = function(self, ...) return type(self), select("#", ...), ... end })
print(t()) print(t(1, nil, 3)) print((t(1)))
print(pcall(t, 1, 2))
local u = setmetatable({}, { __call = t }) print(select("#", u("x")), select(4, u("x")))
local function tail(...) return t(...) end print(tail(1, 2))
for a, b in t do print(a, b) break end
print(#{ t(1, 2, 3) }, select(2, t(5)))
-- check: call chains
-- versions: 5.4+
local f = function(...) return select("#", ...) end
for i = 1, 10 do f = setmetatable({}, { __call = f }) end
print(f(1, 2))
local nothing = {} for i = 1, 3 do nothing = setmetatable({}, { __call = nothing }) end
try(nothing)
-- check: eq
local mt = { __eq = function(a, b) return a.v == b.v end }
local a, b, c = setmetatable({ v = 1 }, mt), setmetatable({ v = 1 }, mt), setmetatable({ v = 2 }, mt)
print(a == b, a ~= b, a == c, a ~= c, a == 1, a == nil, rawequal(a, b))
local d = setmetatable({ v = 1 }, { __eq = function() return 1 end }) print(d == {}, {} == d, d == setmetatable({}, { __eq = function() return nil end }))
print(a == {v = 1}, ({v = 1}) == a)
-- check: lt and le
-- versions: 5.2+
local mt = { __lt = function(a, b) return (type(a) == "table" and a.v or a) < (type(b) == "table" and b.v or b) end, __le = function(a, b) return (type(a) == "table" and a.v or a) <= (type(b) == "table" and b.v or b) end }
local a, b = setmetatable({ v = 1 }, mt), setmetatable({ v = 2 }, mt)
print(a < b, a > b, a <= b, a >= b, a < 5, 5 < a, a <= 1, 1 <= a, a > 0, a >= 2.5, a < 1.5, 200 > a, 1000 < a)
print(not (a < b), a < b and "yes" or "no")
print(setmetatable({}, { __lt = function() return 0 end }) < 1, setmetatable({}, { __le = function() return nil end }) <= 1)
-- check: le does not come from lt
local t = setmetatable({}, { __lt = function() return true end })
try(function() return t <= t end)
try(function() return t >= 1 end)
-- check: concat associativity and operands
local t = setmetatable({}, { __concat = function(a, b) return "<" .. (type(a) == "table" and "T" or a) .. "|" .. (type(b) == "table" and "T" or b) .. ">" end })
print("a" .. t .. "b", "a" .. "b" .. t, t .. "a" .. "b", 1 .. t .. 2, t .. t .. t, "x" .. 1 .. t .. 2 .. "y")
print((t .. "" .. ""))
-- check: tostring and name
-- versions: 5.2+
local t = setmetatable({}, { __tostring = function(x) return "obj" end, __name = "N" })
print(t, tostring(t), ("%s"):format(t), #tostring(t)) io.write(tostring(t), "\n")
-- check: metatable field protects
local t = setmetatable({}, { __metatable = "locked" })
print(getmetatable(t)) try(setmetatable, t, {})
print(getmetatable("x").__index == string, getmetatable(setmetatable({}, { __metatable = false })))
try(setmetatable, 1, {}) try(setmetatable, {}) try(setmetatable, {}, 1) try(setmetatable) try(getmetatable)
print(setmetatable({}, nil) ~= nil, getmetatable({}), getmetatable(1), getmetatable(print))
-- check: len with table functions and numbers
-- versions: 5.2+
local t = setmetatable({ 1, 2, 3 }, { __len = function() return 10 end })
print(#t, rawlen(t), select("#", unpack(t)), next(t))
local u = setmetatable({}, { __len = function() return 1, 2 end }) print(#u, (#u))
print(#setmetatable({}, { __len = function() return "text" end }), #setmetatable({}, { __len = function() end }))
-- check: index errors inside chains
local t = setmetatable({}, { __index = function(_, k) error("no field " .. k) end })
try(function() return t.x end)
try(function() return t[1] end)
try(function() return setmetatable({}, { __index = 5 }).x end)
try(function() setmetatable({}, { __newindex = 5 }).x = 1 end)
try(function() return setmetatable({}, { __index = true })[1] end)
try(function() local t = setmetatable({}, { __add = 5 }); return t + 1 end)
try(function() local t = setmetatable({}, { __lt = {} }); return t < t end)
-- check: loops in index and newindex
local a, b = {}, {}
setmetatable(a, { __index = b, __newindex = b }) setmetatable(b, { __index = a, __newindex = a })
try(function() return a.x end)
try(function() a.x = 1 end)
-- check: metamethods that yield
-- versions: 5.4+
local mt = {}
for _, e in ipairs { "__add", "__sub", "__concat", "__eq", "__lt", "__le", "__unm", "__len", "__index", "__call", "__idiv", "__band", "__shl" } do mt[e] = function(a, b) return coroutine.yield(e) end end
mt.__newindex = function(t, k, v) coroutine.yield "__newindex" end
mt.__close = function() coroutine.yield "__close" end
local co = coroutine.wrap(function()
  local a, b = setmetatable({}, mt), setmetatable({}, mt)
  local r = { a + b, 1 - a, a .. b, a == b, a < b, a <= b, -a, #a, a.x, a(1), a // 2, a & 1, a << 2, "x" .. "y" .. a .. "z", a ~= b, not (a > b) }
  a.y = 1
  do local c <close> = setmetatable({}, mt) end
  if a < b then r[#r + 1] = "lt" end
  if a == b then r[#r + 1] = "eq" end
  if 5 <= a then r[#r + 1] = "le" end
  for i = 1, #r do r[i] = tostring(r[i]) end
  return table.concat(r, " ")
end)
local n, v = 0, co()
while #v < 20 do io.write(v, " "); n = n + 1; v = co(n) end
print() print(v)
-- check: inheritance
local Animal = {} Animal.__index = Animal
function Animal.new(n) return setmetatable({ name = n }, Animal) end
function Animal:speak() return self.name .. " makes a sound" end
local Dog = setmetatable({}, { __index = Animal }) Dog.__index = Dog
function Dog.new(n) local d = Animal.new(n) return setmetatable(d, Dog) end
function Dog:speak() return Animal.speak(self) .. ": woof" end
print(Animal.new("cat"):speak(), Dog.new("rex"):speak(), getmetatable(Dog.new("x")) == Dog)
-- check: metatables changed at run time
local t = setmetatable({}, {}) local mt = getmetatable(t)
print(t.x) mt.__index = function() return "dyn" end print(t.x) mt.__index = { x = "tab" } print(t.x) mt.__index = nil print(t.x)
mt.__add = function() return "added" end print(t + 1) mt.__add = nil try(function() return t + 1 end)
mt.__len = function() return 9 end print(#t) mt.__len = nil print(#t)
mt.__eq = function() return true end print(t == setmetatable({}, mt)) mt.__eq = nil print(t == setmetatable({}, mt))
mt.__newindex = function(t, k, v) rawset(t, k, v * 2) end t.n = 5 print(t.n) mt.__newindex = nil t.m = 5 print(t.m)
mt.__call = function() return "called" end print(t()) rawset(mt, "__call", nil) try(t)
-- check: global environment with a metatable
setmetatable(_G, { __index = function(_, k) return "global " .. k end, __newindex = function(_, k, v) rawset(_G, k, "set " .. tostring(v)) end })
print(undefined_thing) defined_thing = 1 print(defined_thing) defined_thing = 2 print(defined_thing)
setmetatable(_G, nil) print(undefined_thing)
-- check: strict environments
local env = setmetatable({}, { __index = function(_, k) error("undefined variable " .. k, 2) end })
try(load("return x", "=c", "t", env)) try(load("y = 1; return y", "=c", "t", env))
-- check: userdata metamethods
local mt = getmetatable(io.stdout)
print(type(mt.__index), mt.__name, type(mt.__gc), type(mt.__close), type(mt.__tostring), io.stdout == io.stdout, io.stdout ~= io.stderr)
-- check: multiple results cut to one
local t = setmetatable({}, { __add = function() return 1, 2, 3 end, __index = function() return 1, 2 end, __concat = function() return "a", "b" end, __unm = function() end })
print(t + 1, t.x, t .. "", -t, (t + t))
-- check: proxies and memoization
local function proxy(t) return setmetatable({}, { __index = t, __newindex = function(_, k, v) error("read-only: " .. tostring(k), 2) end, __pairs = function() return pairs(t) end, __len = function() return #t end }) end
local p = proxy { 10, 20 }
print(p[1], #p) try(function() p[1] = 5 end) for k, v in pairs(p) do io.write(k, v, " ") end print()
-- check: equality of different types never calls
local n = 0
local t = setmetatable({}, { __eq = function() n = n + 1; return true end })
print(t == 1, t == "x", t == nil, t == print, n, t == {}, n)
-- check: concat of numbers does not call
local s = 1 .. 2
print(s, kind(s), type(s))
-- check: what __concat returns is the result as it is, also from a tail call or after a yield
local first, second = 8, 9
local function number() return first, second end
local direct = setmetatable({}, { __concat = function() return first end })
local tail = setmetatable({}, { __concat = function() return number() end })
local native = setmetatable({}, { __concat = function() return math.abs(-8) end })
local paused = setmetatable({}, { __concat = function(a, b) return coroutine.yield() end })
for _, o in ipairs { direct, tail, native } do
  print(kind(o .. 1), kind(1 .. o), kind(o .. 1 .. 2), kind(1 .. 2 .. o), kind("" .. o), kind(o .. o))
end
for _, f in ipairs { function() return paused .. 1 end, function() return 1 .. 2 .. paused end } do
  for _, v in ipairs { 8, 8.5, "8", {}, print } do
    local c = coroutine.wrap(f)
    print(pcall(c))
    print(pcall(function() return kind(c(v)) end))
  end
end
